// Parcels: types of its API.
// Written by "npm run generate" from the document and the allow-list; change those instead.

export interface paths {
    "/depots/{depot}/label": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The label of a depot */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    depot: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A label. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/pdf": string;
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
    "/depots/{depot}/parcels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Parcels in a depot */
        get: {
            parameters: {
                query?: {
                    state?: ("open" | "sent")[];
                    tag?: string[];
                    near?: number[];
                    cell?: number[];
                    weight?: number;
                    limit?: number;
                };
                header?: {
                    "X-Trace"?: string[];
                };
                path: {
                    depot: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Parcels. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Parcel"][];
                    };
                };
                404: components["responses"]["Missing"];
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
        Error: {
            message?: string;
        };
        Parcel: {
            id?: string;
            kind?: string;
            receiver?: string | null;
            parts?: components["schemas"]["Parcel"][];
        };
    };
    responses: {
        /** @description There is no such depot. */
        Missing: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
