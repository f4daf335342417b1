// Nullable: types of its API.
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
                    text?: string | null;
                    choice?: "a" | "b" | null;
                    mixed?: 1 | "two" | true;
                    number?: number;
                    either?: (number | string) | null;
                    both?: string;
                    beside?: string;
                    odd?: string;
                    implied?: string;
                    where?: {
                        [key: string]: unknown;
                    };
                    shape?: {
                        x: number | null;
                        y?: number;
                    };
                };
                header?: never;
                path?: never;
                cookie?: {
                    session?: string;
                };
            };
            requestBody?: never;
            responses: {
                /** @description Things. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Things"];
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
        Thing: {
            id?: string;
            meta?: {
                [key: string]: unknown;
            };
        } | null;
        Things: {
            things?: components["schemas"]["Thing"][] | null;
            errors?: string[];
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
