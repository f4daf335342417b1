// Types: types of its API.
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
    "/things": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    either?: string | number | null;
                    exact?: 7;
                    bounds?: number;
                    pair?: (string | number)[];
                    open?: {
                        [key: string]: unknown;
                    };
                    unlike?: string;
                    branches?: string;
                    moment?: string | null;
                    numbers?: "1" | "2" | "three";
                    listed?: ("a" | "b")[];
                    torn?: string;
                    chosen?: string | number;
                    beside?: string;
                    nothing?: string;
                    file?: unknown;
                    distinct?: (string | null)[];
                    id?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Things. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": Record<string, unknown>[];
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
