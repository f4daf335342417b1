// Flowtly: types of its API.
// Written by "npm run generate" from the document and the allow-list; change those instead.

export interface paths {
    "/attachments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List attachments
         * @description Lists the documents filed with invoices, transactions and contracts, the latest first. This is metadata; the bytes are fetched one by one.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Only documents filed with this kind of record. */
                    subjectType?: "invoice" | "transaction" | "contract";
                    /** @description Only documents filed with this record. */
                    subjectId?: string;
                    /** @description Only documents of this media type. */
                    contentType?: "application/pdf" | "image/png" | "text/csv";
                    /** @description Text found in the file name or the description; case and accents do not matter. */
                    q?: string;
                    /** @description The page to return, counted from 1. Pages after the last one are empty. */
                    page?: number;
                    /** @description How many records make a page. */
                    pageSize?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description One page of attachments. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: components["schemas"]["Attachment"][];
                            pagination: components["schemas"]["Pagination"];
                        };
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                429: components["responses"]["TooManyRequests"];
                500: components["responses"]["InternalError"];
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
    "/attachments/{attachmentId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an attachment
         * @description Returns the metadata of one document - name, type, size, checksum and what it is filed with.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description The id of the attachment. */
                    attachmentId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The metadata. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Attachment"];
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                429: components["responses"]["TooManyRequests"];
                500: components["responses"]["InternalError"];
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
    "/attachments/{attachmentId}/content": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download an attachment
         * @description Returns the bytes of one document, in the media type it was uploaded with.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description The id of the attachment. */
                    attachmentId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The document. */
                200: {
                    headers: {
                        /** @description Always `attachment`, with the file name. */
                        "Content-Disposition"?: string;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/pdf": string;
                        "image/png": string;
                        "text/csv": string;
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                429: components["responses"]["TooManyRequests"];
                500: components["responses"]["InternalError"];
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
    "/bank-accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List bank accounts
         * @description Lists all bank accounts with their current balance, by name. Needs a role above `member`.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Only accounts in this state. */
                    status?: "active" | "closed";
                    /** @description Only accounts held in this currency. */
                    currency?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The bank accounts. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: components["schemas"]["BankAccount"][];
                        };
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                429: components["responses"]["TooManyRequests"];
                500: components["responses"]["InternalError"];
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
    "/bank-accounts/{bankAccountId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a bank account
         * @description Returns one bank account with its current balance. Needs a role above `member`.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description The id of the bank account. */
                    bankAccountId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The bank account. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["BankAccount"];
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                429: components["responses"]["TooManyRequests"];
                500: components["responses"]["InternalError"];
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
    "/contracts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List contracts
         * @description Lists contracts with clients, contractors and suppliers, the latest start first.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Only contracts in this state. */
                    status?: "draft" | "active" | "expired" | "terminated";
                    /** @description Only records of this counterparty. */
                    counterpartyId?: string;
                    /** @description Only records of this project. */
                    projectId?: string;
                    /** @description Only contracts whose term includes this day; contracts without an end stay active. */
                    activeOn?: string;
                    /** @description Starting on or after this day. */
                    startFrom?: string;
                    /** @description Starting on or before this day. */
                    startTo?: string;
                    /** @description Contract value of at least this amount, in the contract's own currency. */
                    minValue?: number;
                    /** @description Contract value of at most this amount, in the contract's own currency. */
                    maxValue?: number;
                    /** @description Text found in the number, the title or the counterparty's name; case and accents do not matter. */
                    q?: string;
                    /** @description The order; a leading minus means descending. */
                    sort?: "startDate" | "-startDate" | "endDate" | "-endDate" | "value" | "-value" | "number";
                    /** @description The page to return, counted from 1. Pages after the last one are empty. */
                    page?: number;
                    /** @description How many records make a page. */
                    pageSize?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description One page of contracts. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: components["schemas"]["ContractSummary"][];
                            pagination: components["schemas"]["Pagination"];
                        };
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                429: components["responses"]["TooManyRequests"];
                500: components["responses"]["InternalError"];
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
    "/contracts/{contractId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a contract
         * @description Returns one contract with its terms and a summary of its payment schedule.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description The id of the contract. */
                    contractId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The contract. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Contract"];
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                429: components["responses"]["TooManyRequests"];
                500: components["responses"]["InternalError"];
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
    "/contracts/{contractId}/payment-schedule-lines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the payment schedule of a contract
         * @description Lists the agreed payments of one contract in the order they fall due, with their state and, once billed, the invoice.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Only lines in this state. */
                    status?: "planned" | "invoiced" | "paid" | "overdue";
                    /** @description Due on or after this day. */
                    dueFrom?: string;
                    /** @description Due on or before this day. */
                    dueTo?: string;
                    /** @description The page to return, counted from 1. Pages after the last one are empty. */
                    page?: number;
                    /** @description How many records make a page. */
                    pageSize?: number;
                };
                header?: never;
                path: {
                    /** @description The id of the contract. */
                    contractId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description One page of schedule lines. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: components["schemas"]["PaymentScheduleLine"][];
                            pagination: components["schemas"]["Pagination"];
                        };
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                429: components["responses"]["TooManyRequests"];
                500: components["responses"]["InternalError"];
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
    "/cost-groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List cost groups
         * @description Lists the categories that spending is sorted into, by code. They form a tree through `parentId`.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Only the direct children of this cost group. */
                    parentId?: string;
                    /** @description Text found in the code or the name; case and accents do not matter. */
                    q?: string;
                    /** @description The page to return, counted from 1. Pages after the last one are empty. */
                    page?: number;
                    /** @description How many records make a page. */
                    pageSize?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description One page of cost groups. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: components["schemas"]["CostGroup"][];
                            pagination: components["schemas"]["Pagination"];
                        };
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                429: components["responses"]["TooManyRequests"];
                500: components["responses"]["InternalError"];
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
    "/counterparties": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List counterparties
         * @description Lists clients, contractors and suppliers, by name. One counterparty may hold several roles. Contacts and balances come with a single counterparty only.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Only counterparties that hold at least one of these roles. Repeat the parameter for several. */
                    role?: ("client" | "contractor" | "supplier")[];
                    /** @description Only counterparties seated in this country. */
                    country?: string;
                    /** @description Text found in the name, the legal name or the tax id; case and accents do not matter. */
                    q?: string;
                    /** @description Only counterparties that carry every one of these tags, as one comma-separated list. */
                    tag?: string[];
                    /** @description The order; a leading minus means descending. */
                    sort?: "name" | "-name" | "createdAt" | "-createdAt";
                    /** @description The page to return, counted from 1. Pages after the last one are empty. */
                    page?: number;
                    /** @description How many records make a page. */
                    pageSize?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description One page of counterparties. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: components["schemas"]["CounterpartySummary"][];
                            pagination: components["schemas"]["Pagination"];
                        };
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                429: components["responses"]["TooManyRequests"];
                500: components["responses"]["InternalError"];
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
    "/counterparties/{counterpartyId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a counterparty
         * @description Returns one counterparty with address, contacts, the main contact, and what is still outstanding in both directions.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description The id of the counterparty. */
                    counterpartyId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The counterparty. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Counterparty"];
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                429: components["responses"]["TooManyRequests"];
                500: components["responses"]["InternalError"];
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
    "/invoices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List invoices
         * @description Lists sales and purchase invoices, newest first, one page at a time. Filters combine with AND; several values of `status` combine with OR. Lines and payments come with a single invoice only.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Only invoices in one of these states. Repeat the parameter for several. */
                    status?: ("draft" | "sent" | "partially_paid" | "paid" | "void")[];
                    /** @description `sales` for invoices we issued, `purchase` for invoices we received. */
                    kind?: "sales" | "purchase";
                    /** @description Issued on or after this day. */
                    issuedFrom?: string;
                    /** @description Issued on or before this day. */
                    issuedTo?: string;
                    /** @description Due on or after this day. */
                    dueFrom?: string;
                    /** @description Due on or before this day. */
                    dueTo?: string;
                    /** @description Only records of this counterparty. */
                    counterpartyId?: string;
                    /** @description Only records of this project. */
                    projectId?: string;
                    /** @description Gross total of at least this amount, in the invoice's own currency. */
                    minTotal?: number;
                    /** @description Gross total of at most this amount, in the invoice's own currency. */
                    maxTotal?: number;
                    /** @description Only invoices in this currency. */
                    currency?: string;
                    /** @description Text found in the number, the note or the counterparty's name; case and accents do not matter. */
                    q?: string;
                    /** @description `true` for invoices past their due date and not fully paid, `false` for all others. */
                    overdue?: boolean;
                    /** @description `true` for archived invoices only, `false` for the rest; both when left out. */
                    archived?: boolean;
                    /** @description The order; a leading minus means descending. */
                    sort?: "issueDate" | "-issueDate" | "dueDate" | "-dueDate" | "total" | "-total" | "number";
                    /** @description The page to return, counted from 1. Pages after the last one are empty. */
                    page?: number;
                    /** @description How many records make a page. */
                    pageSize?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description One page of invoices. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["InvoicePage"];
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                429: components["responses"]["TooManyRequests"];
                500: components["responses"]["InternalError"];
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
    "/invoices/{invoiceId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an invoice
         * @description Returns one invoice with its lines, taxes and the payments received or made for it.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description The id of the invoice. */
                    invoiceId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The invoice. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Invoice"];
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                429: components["responses"]["TooManyRequests"];
                500: components["responses"]["InternalError"];
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
        /**
         * Who am I
         * @description Returns the member behind the session, or the one named in `X-User-Email`.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The member. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Member"];
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                429: components["responses"]["TooManyRequests"];
                500: components["responses"]["InternalError"];
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
    "/me/organizations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * My organizations
         * @description Lists the organizations the member belongs to, with the role held in each. With API credentials it is the one organization that the credentials are bound to.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The organizations, by name. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: components["schemas"]["Organization"][];
                        };
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                429: components["responses"]["TooManyRequests"];
                500: components["responses"]["InternalError"];
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
    "/projects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List projects
         * @description Lists projects with billing type, client, budget and free metadata, by code.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Only projects in this state. */
                    status?: "planned" | "active" | "on_hold" | "completed";
                    /** @description Only projects billed this way. */
                    billingType?: "fixed_price" | "time_and_materials" | "retainer" | "non_billable";
                    /** @description Only projects for this client. */
                    clientId?: string;
                    /** @description Text found in the code, the name or the client's name; case and accents do not matter. */
                    q?: string;
                    /** @description The order; a leading minus means descending. */
                    sort?: "code" | "name" | "-name" | "startDate" | "-startDate";
                    /** @description The page to return, counted from 1. Pages after the last one are empty. */
                    page?: number;
                    /** @description How many records make a page. */
                    pageSize?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description One page of projects. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: components["schemas"]["Project"][];
                            pagination: components["schemas"]["Pagination"];
                        };
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                429: components["responses"]["TooManyRequests"];
                500: components["responses"]["InternalError"];
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
    "/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in
         * @description Opens a session for a member. The token goes into `Authorization` as a bearer token until `expiresAt`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Credentials"];
                };
            };
            responses: {
                /** @description The session is open. */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Session"];
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                413: components["responses"]["ContentTooLarge"];
                415: components["responses"]["UnsupportedMediaType"];
                422: components["responses"]["UnprocessableContent"];
                429: components["responses"]["TooManyRequests"];
                500: components["responses"]["InternalError"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Renew a session
         * @description Exchanges a refresh token for a new pair of tokens. A refresh token works once; the access token it was issued with stays valid until its own end.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["RefreshRequest"];
                };
            };
            responses: {
                /** @description The session goes on with new tokens. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Session"];
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                413: components["responses"]["ContentTooLarge"];
                415: components["responses"]["UnsupportedMediaType"];
                422: components["responses"]["UnprocessableContent"];
                429: components["responses"]["TooManyRequests"];
                500: components["responses"]["InternalError"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/suppliers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List suppliers
         * @description Lists the counterparties that the organization buys from, by name, with payment terms and the cost group their invoices usually belong to.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Only suppliers seated in this country. */
                    country?: string;
                    /** @description Only suppliers whose usual cost group is this one. */
                    costGroupId?: string;
                    /** @description Text found in the name or the tax id; case and accents do not matter. */
                    q?: string;
                    /** @description The order; a leading minus means descending. */
                    sort?: "name" | "-name" | "paymentTermDays" | "-paymentTermDays";
                    /** @description The page to return, counted from 1. Pages after the last one are empty. */
                    page?: number;
                    /** @description How many records make a page. */
                    pageSize?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description One page of suppliers. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: components["schemas"]["Supplier"][];
                            pagination: components["schemas"]["Pagination"];
                        };
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                429: components["responses"]["TooManyRequests"];
                500: components["responses"]["InternalError"];
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
    "/tax-groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List tax groups
         * @description Lists the VAT and sales tax rates that invoice lines refer to, by country and rate.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Only rates of this country. */
                    country?: string;
                    /** @description Only rates in force on this day. */
                    activeOn?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The tax groups. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: components["schemas"]["TaxGroup"][];
                        };
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                429: components["responses"]["TooManyRequests"];
                500: components["responses"]["InternalError"];
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
    "/transactions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List transactions
         * @description Lists bank transactions, newest first. The answer carries `nextCursor` while there is more: pass it as `cursor` with the same filters and the same `sort` to read on.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Only transactions of these bank accounts, as one comma-separated list. */
                    bankAccountId?: string[];
                    /** @description `in` for money received, `out` for money spent. */
                    direction?: "in" | "out";
                    /** @description Booked on or after this day. */
                    bookedFrom?: string;
                    /** @description Booked on or before this day. */
                    bookedTo?: string;
                    /** @description Only records of this counterparty. */
                    counterpartyId?: string;
                    /** @description Only transactions in this cost group; its sub-groups are not included. */
                    costGroupId?: string;
                    /** @description Amount of at least this much, in the currency of the account. */
                    minAmount?: number;
                    /** @description Amount of at most this much, in the currency of the account. */
                    maxAmount?: number;
                    /** @description `true` for transactions linked to an invoice, `false` for those still without one. */
                    matched?: boolean;
                    /** @description Text found in the description, the note or the counterparty's name; case and accents do not matter. */
                    q?: string;
                    /** @description The order; a leading minus means descending. */
                    sort?: "bookedOn" | "-bookedOn" | "amount" | "-amount";
                    /** @description Where to read on; the `nextCursor` of the answer before. Leave it out for the first page. */
                    cursor?: string;
                    /** @description How many transactions to return at most. */
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The next transactions in order. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: components["schemas"]["Transaction"][];
                            /** @description Pass it as `cursor` to read on; `null` after the last transaction. */
                            nextCursor: string | null;
                        };
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                429: components["responses"]["TooManyRequests"];
                500: components["responses"]["InternalError"];
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
        Address: {
            street: string | null;
            postalCode: string | null;
            city: string | null;
            country: components["schemas"]["Country"];
        };
        Attachment: {
            id: string;
            fileName: string;
            contentType: components["schemas"]["AttachmentContentType"];
            /** @description Bytes. */
            size: number;
            sha256: string;
            subjectType: components["schemas"]["AttachmentSubject"];
            subjectId: string;
            description: string | null;
            /** Format: date-time */
            uploadedAt: string;
            uploadedBy: components["schemas"]["Reference"];
        };
        /** @enum {string} */
        AttachmentContentType: "application/pdf" | "image/png" | "text/csv";
        /** @enum {string} */
        AttachmentSubject: "invoice" | "transaction" | "contract";
        BankAccount: {
            id: string;
            name: string;
            bankName: string;
            /** @description International or, where there is none, national account number. */
            iban: string;
            currency: components["schemas"]["Currency"];
            /** @description Booked balance; may be negative. */
            balance: number;
            /** Format: date */
            balanceAsOf: string;
            status: components["schemas"]["BankAccountStatus"];
            /** @description Used for payments in this currency. */
            isDefault: boolean;
        };
        /** @enum {string} */
        BankAccountStatus: "active" | "closed";
        /**
         * @description How often the schedule falls due.
         * @enum {string}
         */
        BillingInterval: "once" | "monthly" | "quarterly" | "yearly";
        /**
         * @description How the client pays for the project.
         * @enum {string}
         */
        BillingType: "fixed_price" | "time_and_materials" | "retainer" | "non_billable";
        Contact: {
            name: string;
            /** Format: email */
            email: string | null;
            phone: string | null;
            position: string | null;
        };
        /** @description A contract with its terms and the state of its payment schedule. */
        Contract: components["schemas"]["ContractSummary"] & {
            description: string | null;
            noticePeriodDays: number | null;
            /** Format: date */
            signedOn: string | null;
            /** @description The payment schedule in numbers; amounts before tax. */
            schedule: {
                lines: number;
                /** @description Not billed yet. */
                planned: number;
                /** @description Billed and not due yet. */
                invoiced: number;
                paid: number;
                overdue: number;
                /**
                 * Format: date
                 * @description Due date of the next planned line.
                 */
                nextDueDate: string | null;
            };
        };
        /** @enum {string} */
        ContractStatus: "draft" | "active" | "expired" | "terminated";
        ContractSummary: {
            id: string;
            number: string;
            title: string;
            status: components["schemas"]["ContractStatus"];
            counterparty: components["schemas"]["Reference"];
            project: components["schemas"]["NullableReference"];
            /** @description Sum of the payment schedule before tax. */
            value: number;
            currency: components["schemas"]["Currency"];
            /** Format: date */
            startDate: string;
            /**
             * Format: date
             * @description Last day of the term; null when open-ended.
             */
            endDate: string | null;
            billingInterval: components["schemas"]["BillingInterval"];
            autoRenews: boolean;
        };
        CostGroup: {
            id: string;
            code: string;
            name: string;
            /** @description The group above; null at the top. */
            parentId: string | null;
            /** @description 0 at the top. */
            depth: number;
            description: string | null;
        };
        /** @description A counterparty with address, contacts and balances. */
        Counterparty: components["schemas"]["CounterpartySummary"] & {
            address: components["schemas"]["Address"];
            /** @description The contact that invoices are sent to. */
            mainContact: components["schemas"]["Contact"] | null;
            contacts: components["schemas"]["Contact"][];
            /** @description What is open on invoices that were sent. */
            outstandingBalance: {
                /** @description What they owe us. */
                receivable: number;
                /** @description What we owe them. */
                payable: number;
                /** @description The part of both that is overdue. */
                overdue: number;
                currency: components["schemas"]["Currency"];
            };
        };
        CounterpartyId: string;
        /**
         * @description `client` buys from us, `contractor` works for us, `supplier` sells to us.
         * @enum {string}
         */
        CounterpartyRole: "client" | "contractor" | "supplier";
        CounterpartySummary: {
            id: components["schemas"]["CounterpartyId"];
            name: string;
            legalName: string | null;
            roles: components["schemas"]["CounterpartyRole"][];
            country: components["schemas"]["Country"];
            taxId: string | null;
            currency: components["schemas"]["Currency"];
            /** Format: email */
            email: string | null;
            tags: string[];
            paymentTermDays: number;
            /** Format: date-time */
            createdAt: string;
        };
        /** @description ISO 3166-1 alpha-2 country code. */
        Country: string;
        Credentials: {
            /** Format: email */
            email: string;
            /** Format: password */
            password: string;
        };
        /** @description ISO 4217 currency code. */
        Currency: string;
        /**
         * @description `in` for money received, `out` for money spent.
         * @enum {string}
         */
        Direction: "in" | "out";
        /** @description An invoice with everything that belongs to it. */
        Invoice: components["schemas"]["InvoiceSummary"] & {
            lines: components["schemas"]["InvoiceLine"][];
            payments: components["schemas"]["Payment"][];
        };
        /**
         * @description `sales` was issued by us, `purchase` was received from a counterparty.
         * @enum {string}
         */
        InvoiceKind: "sales" | "purchase";
        InvoiceLine: {
            position: number;
            description: string;
            quantity: number;
            /** @enum {string} */
            unit: "hour" | "day" | "piece" | "month" | "flat";
            /** @description Price of one unit before tax. */
            unitPrice: number;
            taxGroup: components["schemas"]["Reference"];
            /** @description Percent. */
            taxRate: number;
            net: number;
            tax: number;
            total: number;
        };
        InvoicePage: {
            data: components["schemas"]["InvoiceSummary"][];
            pagination: components["schemas"]["Pagination"];
        };
        /**
         * @description `draft` is not issued yet, `sent` awaits payment, `partially_paid` and `paid` tell how much was paid, `void` was cancelled. Being overdue is told by `overdue`.
         * @enum {string}
         */
        InvoiceStatus: "draft" | "sent" | "partially_paid" | "paid" | "void";
        InvoiceSummary: {
            id: string;
            number: string;
            kind: components["schemas"]["InvoiceKind"];
            status: components["schemas"]["InvoiceStatus"];
            counterparty: components["schemas"]["Reference"];
            project: components["schemas"]["NullableReference"];
            /** Format: date */
            issueDate: string;
            /** Format: date */
            dueDate: string;
            currency: components["schemas"]["Currency"];
            /** @description Sum of the lines before tax. */
            net: number;
            /** @description Sum of the lines' taxes. */
            tax: number;
            /** @description Gross amount; net plus tax. */
            total: number;
            /** @description Sum of the payments so far. */
            paid: number;
            /** @description What is still to be paid; zero for drafts and void invoices. */
            outstanding: number;
            /** @description Past its due date and not fully paid. */
            overdue: boolean;
            /** @description Put away by a member; still counts. */
            archived: boolean;
            note: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        Member: {
            id: string;
            /** Format: email */
            email: string;
            name: string;
            /** @description BCP 47 language tag. */
            locale: string;
        };
        /** @description A pointer to another record with its name, or null when there is none. */
        NullableReference: {
            id: string;
            name: string;
        } | null;
        Organization: {
            id: string;
            name: string;
            role: components["schemas"]["Role"];
            /** @enum {string} */
            plan: "starter" | "team" | "business";
            baseCurrency: components["schemas"]["Currency"];
            /** @description IANA time zone. */
            timeZone: string;
        };
        Pagination: {
            /** @description The page that was returned. */
            page: number;
            pageSize: number;
            /** @description How many records match in all. */
            total: number;
            /** @description How many pages there are. */
            pages: number;
        };
        Payment: {
            id: string;
            /** Format: date */
            paidOn: string;
            /** @description In the invoice's currency. */
            amount: number;
            /** @enum {string} */
            method: "bank_transfer" | "card" | "direct_debit";
            /** @description The bank transaction that proves it, if there is one. */
            transactionId: string | null;
        };
        PaymentScheduleLine: {
            id: string;
            position: number;
            description: string;
            /** Format: date */
            dueDate: string;
            /** @description Before tax. */
            amount: number;
            currency: components["schemas"]["Currency"];
            status: components["schemas"]["ScheduleLineStatus"];
            /** @description The invoice that bills it. */
            invoiceId: string | null;
        };
        /** @description A problem document (RFC 9457). */
        Problem: {
            /** Format: uri-reference */
            type: string;
            title: string;
            status: number;
            detail?: string;
            /** Format: uri-reference */
            instance?: string;
            /** @description One entry for each value that was refused. */
            errors?: {
                /** @enum {string} */
                in: "query" | "header" | "path" | "body";
                /** @description The parameter, or a JSON Pointer into the body. */
                name: string;
                message: string;
            }[];
        };
        Project: {
            id: string;
            code: string;
            name: string;
            status: components["schemas"]["ProjectStatus"];
            billingType: components["schemas"]["BillingType"];
            client: components["schemas"]["NullableReference"];
            /** Format: date */
            startDate: string;
            /** Format: date */
            endDate: string | null;
            budget: number | null;
            currency: components["schemas"]["Currency"];
            /** @description Free labels, set by the organization. */
            metadata: {
                [key: string]: string;
            };
        };
        /** @enum {string} */
        ProjectStatus: "planned" | "active" | "on_hold" | "completed";
        /** @description A pointer to another record, with its name for reading. */
        Reference: {
            id: string;
            name: string;
        };
        RefreshRequest: {
            refreshToken: string;
        };
        /**
         * @description What a member may do in an organization.
         * @enum {string}
         */
        Role: "owner" | "admin" | "accountant" | "member";
        /**
         * @description `planned` is not billed yet, `invoiced` is billed and not due yet, `paid` is settled, `overdue` is billed and past its due date.
         * @enum {string}
         */
        ScheduleLineStatus: "planned" | "invoiced" | "paid" | "overdue";
        Session: {
            /** @description The bearer token. */
            token: string;
            /** @description Renews the session once the token has expired; works once. */
            refreshToken: string;
            /**
             * Format: date-time
             * @description When the token stops working.
             */
            expiresAt: string;
            member: components["schemas"]["Member"];
        };
        Supplier: {
            id: components["schemas"]["CounterpartyId"];
            name: string;
            country: components["schemas"]["Country"];
            taxId: string | null;
            currency: components["schemas"]["Currency"];
            /** Format: email */
            email: string | null;
            /** @description The account that we pay to. */
            iban: string | null;
            paymentTermDays: number;
            costGroup: components["schemas"]["NullableReference"];
            tags: string[];
        };
        TaxGroup: {
            id: string;
            name: string;
            country: components["schemas"]["Country"];
            /** @enum {string} */
            kind: "standard" | "reduced" | "zero" | "exempt";
            /** @description Percent. */
            rate: number;
            /** Format: date */
            validFrom: string;
            /**
             * Format: date
             * @description Last day in force; null while it has no end.
             */
            validTo: string | null;
        };
        Transaction: {
            id: string;
            bankAccount: components["schemas"]["Reference"];
            direction: components["schemas"]["Direction"];
            /** Format: date */
            bookedOn: string;
            /**
             * Format: date
             * @description When it bears interest, if the bank says so.
             */
            valueDate: string | null;
            /** @description Without sign; see `direction`. */
            amount: number;
            currency: components["schemas"]["Currency"];
            /** @description As reported by the bank. */
            description: string;
            counterparty: components["schemas"]["NullableReference"];
            costGroup: components["schemas"]["NullableReference"];
            project: components["schemas"]["NullableReference"];
            /** @description The invoice this pays. */
            invoiceId: string | null;
            /** @description Whether the transaction is linked to an invoice. */
            matched: boolean;
            note: string | null;
        };
    };
    responses: {
        /** @description A parameter is unknown or not valid, or the body is not well formed. `errors` says which and why. */
        BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body is larger than allowed. */
        ContentTooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The member does not belong to this organization, or the role does not allow this. */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Something went wrong on our side. */
        InternalError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description There is no such record in this organization. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Too many requests with these credentials. */
        TooManyRequests: {
            headers: {
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The session or the API credentials are missing, wrong or expired. */
        Unauthorized: {
            headers: {
                /** @description How to authenticate. */
                "WWW-Authenticate"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body is well formed, but a value in it is not valid. `errors` says which and why. */
        UnprocessableContent: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body is not in the media type that this operation takes. */
        UnsupportedMediaType: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: {
        /** @description Seconds to wait, or the date from which the call may be repeated. */
        RetryAfter: string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
