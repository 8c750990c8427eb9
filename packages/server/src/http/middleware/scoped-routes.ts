import type { AccessScope } from '@parley/protocol/model'

/** What tokens of integrations open, by route; what stands nowhere here they do not. What changes who may do what never does. */
const ROUTES: Record<AccessScope, readonly string[]> = {
  crm: [
    'GET /api/v4/account',
    'GET /api/v2/account',
    'GET /private/api/v2/json/accounts/current',
    'GET /oauth2/account/subdomain',
    'GET /api/app/v1/account',
    'GET /api/app/v1/chats',
    'GET /api/app/v1/chats/:chatId',
    'GET /api/app/v1/chats/:chatId/messages',
    'POST /api/app/v1/chats/:chatId/messages',
    'GET /api/app/v1/contacts',
    'POST /api/app/v1/contacts',
    'GET /api/app/v1/contacts/:contactId',
    'PATCH /api/app/v1/contacts/:contactId',
    'GET /api/app/v1/leads/:leadId',
    'POST /api/app/v1/leads',
    'PATCH /api/app/v1/leads/:leadId',
    'GET /api/app/v1/me',
    'GET /api/app/v1/pipelines',
    'GET /api/app/v1/users',
  ],
  files: ['POST /api/app/v1/files'],
  notifications: ['GET /api/app/v1/notifications', 'POST /api/app/v1/notifications/read'],
}

const SCOPES = new Map(
  (Object.entries(ROUTES) as [AccessScope, readonly string[]][]).flatMap(([scope, routes]) =>
    routes.map((route) => [route, scope] as const),
  ),
)

/** Undefined: no token of an integration opens it. */
export const scopeOf = (method: string, route: string): AccessScope | undefined =>
  SCOPES.get(`${method === 'HEAD' ? 'GET' : method} ${route}`)
