// a"b'c`d* /e${f}g</script>h i j\k l: types of its API.
// Written by "npm run generate" from the document and the allow-list; change those instead.

export interface paths {
    "/evil/a\"b'c`d*|e$(f)g<|script>h\u2028i\u2029j\\k\nl/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * a"b'c`d* /e${f}g</script>h i j\k l
         * @description a"b'c`d* /e${f}g</script>h i j\k l
         */
        get: {
            parameters: {
                query?: {
                    /** @description a"b'c`d* /e${f}g</script>h i j\k l */
                    "a\"b'c`d*/e${f}g</script>h\u2028i\u2029j\\k\nl"?: string;
                    choice?: "a\"b'c`d*/e${f}g</script>h\u2028i\u2029j\\k\nl" | "`${process.exit()}`" | "*/ process.exit() /*";
                    object?: {
                        [key: string]: unknown;
                    };
                    pattern?: string;
                    data?: "$ref";
                };
                header?: never;
                path: {
                    /** @description a"b'c`d* /e${f}g</script>h i j\k l */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description a"b'c`d* /e${f}g</script>h i j\k l */
                200: {
                    headers: {
                        "a\"b'c`d*/e${f}g</script>h\u2028i\u2029j\\k\nl"?: string;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            "a\"b'c`d*/e${f}g</script>h\u2028i\u2029j\\k\nl"?: components["schemas"]["E_"];
                            list?: {
                                /** @enum {string} */
                                "a\"b'c`d*/e${f}g</script>h\u2028i\u2029j\\k\nl"?: "a\"b'c`d*/e${f}g</script>h\u2028i\u2029j\\k\nl";
                            }[];
                        };
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
                /** @description a"b'c`d* /e${f}g</script>h i j\k l */
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
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * a"b'c`d* /e${f}g</script>h i j\k l
         * @description * / export type evil = 1 /*
         */
        E_: string;
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
