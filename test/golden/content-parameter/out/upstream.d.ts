// Contents: types of its API.
// Written by "npm run generate" from the document and the allow-list; change those instead.

export interface paths {
    "/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Me. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Me"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/{scope}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query: {
                    /** @description What the reports must have. */
                    filter: {
                        field: string;
                        value?: string | number;
                    };
                    sort?: unknown;
                    any?: unknown;
                    query?: string;
                };
                header?: {
                    "X-Context"?: number[];
                };
                path: {
                    scope: {
                        team?: string;
                    };
                };
                cookie?: {
                    view?: {
                        dark?: boolean;
                    };
                };
            };
            requestBody?: never;
            responses: {
                /** @description Any. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": Record<string, unknown>;
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Me: {
            id?: string;
            email?: string;
            name?: string;
            teams?: {
                id?: string;
                name?: string;
                role?: string;
            }[];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
