import { z } from 'zod';
import { contract } from '#shared/contract/contract.ts';
import type { Endpoint } from '#shared/contract/endpoint.ts';
import { Problem } from '#shared/contract/problem.ts';
import { type ProblemCode, problems } from '#shared/contract/problems.ts';
import { type EndpointName, routes } from '#shared/contract/routes.ts';

type Json = { [key: string]: unknown };

/** Problems that endpoints answer with by what they are, beside those they declare. */
function commonProblems(endpoint: Endpoint): ProblemCode[] {
  return [
    ...(endpoint.access === 'public' || endpoint.access === 'sandbox'
      ? []
      : (['unauthenticated', 'forbidden'] as const)),
    ...(endpoint.params === undefined ? [] : (['not_found'] as const)),
    ...(endpoint.body === undefined ? [] : (['malformed_json', 'body_too_large'] as const)),
    ...(endpoint.upload === undefined ? [] : (['body_too_large', 'unsupported_media_type'] as const)),
    ...(endpoint.body === undefined && endpoint.query === undefined ? [] : (['validation_failed'] as const)),
    ...(endpoint.idempotent === true ? (['idempotency_key_missing'] as const) : []),
    'rate_limited',
  ];
}

/** The OpenAPI 3.1 description of the API, from the contract alone. The sandbox's own endpoints are left out. */
export function openApiDocument(): Json {
  const schemas: Json = {};
  const paths: { [path: string]: Json } = {};
  for (const [name, endpoint] of Object.entries(contract) as [EndpointName, Endpoint][]) {
    if (endpoint.access === 'sandbox') continue;
    const [method = '', url = ''] = routes[name].split(' ');
    const path = url.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [method.toLowerCase()]: operation(name, endpoint, schemas) };
  }
  paths['/v1/billing/webhooks/stripe/'] = { post: webhookOperation(schemas) };
  return {
    openapi: '3.1.0',
    info: {
      title: 'Purser API',
      version: '1.0.0',
      description:
        'The billing office of a SaaS. Amounts are integers in minor units beside their ISO 4217 currency; credits are integers; instants are RFC 3339 in UTC. A trailing slash is canonical. Lists are pages: `data`, `next_cursor`, `has_more`. Problems are RFC 9457 with a stable `code`.',
    },
    servers: [{ url: '/' }],
    security: [{ session: [] }, { apiKey: [] }],
    paths,
    components: {
      schemas,
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'purser.session_token' },
        apiKey: {
          type: 'http',
          scheme: 'bearer',
          description:
            'A key of an account, or of the platform. A platform key names the account it acts in by the header `Purser-Account: acc_…` or `Purser-Account: ext:<your id>`.',
        },
      },
    },
  };
}

function operation(name: EndpointName, endpoint: Endpoint, schemas: Json): Json {
  return {
    operationId: name,
    summary: endpoint.summary,
    ...(endpoint.description === undefined ? {} : { description: endpoint.description }),
    tags: [endpoint.tag],
    ...(endpoint.access === 'public' ? { security: [] } : { 'x-access': endpoint.access }),
    parameters: parameters(endpoint, schemas),
    ...requestBody(endpoint, schemas),
    responses: { ...success(endpoint, schemas), ...problemResponses(endpoint, schemas) },
  };
}

/** The body as JSON, or as one of the kinds of file that are taken; none when there is none. */
function requestBody(endpoint: Endpoint, schemas: Json): Json {
  if (endpoint.upload !== undefined) {
    const file = { schema: { type: 'string', format: 'binary' } };
    return {
      requestBody: { required: true, content: Object.fromEntries(endpoint.upload.map((type) => [type, file])) },
    };
  }
  if (endpoint.body === undefined) return {};
  return { requestBody: { required: true, content: json(schemaOf(endpoint.body, schemas, 'input')) } };
}

function parameters(endpoint: Endpoint, schemas: Json): Json[] {
  const parts = [
    ['path', endpoint.params],
    ['query', endpoint.query],
  ] as const;
  const listed = parts.flatMap(([where, schema]) => {
    if (schema === undefined) return [];
    const object = schemaOf(schema, schemas, 'input') as { properties?: Json; required?: string[] };
    return Object.entries(object.properties ?? {}).map(([parameter, shape]) => ({
      name: parameter,
      in: where,
      required: where === 'path' || (object.required ?? []).includes(parameter),
      schema: shape,
    }));
  });
  const key = {
    name: 'Idempotency-Key',
    in: 'header',
    required: true,
    description: 'Of your own choice, 1 to 255 visible characters: a retry with the same key and body is safe.',
    schema: { type: 'string', minLength: 1, maxLength: 255 },
  };
  return endpoint.idempotent === true ? [...listed, key] : listed;
}

function success(endpoint: Endpoint, schemas: Json): Json {
  const status = String(
    endpoint.status ?? (endpoint.response === undefined && endpoint.binary === undefined ? 204 : 200),
  );
  if (endpoint.binary !== undefined) {
    return {
      [status]: {
        description: 'The file',
        content: { [endpoint.binary]: { schema: { type: 'string', format: 'binary' } } },
      },
    };
  }
  if (endpoint.response === undefined) return { [status]: { description: 'Done' } };
  // What travels is the input side of the codecs.
  const content = json(schemaOf(endpoint.response, schemas, 'input'));
  const file = endpoint.alternative === undefined ? {} : { [endpoint.alternative]: { schema: { type: 'string' } } };
  return { [status]: { description: 'Success', content: { ...content, ...file } } };
}

function problemResponses(endpoint: Endpoint, schemas: Json): Json {
  const codes = [...new Set([...commonProblems(endpoint), ...(endpoint.problems ?? [])])];
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of codes) byStatus.set(problems[code].status, [...(byStatus.get(problems[code].status) ?? []), code]);
  const content = { 'application/problem+json': { schema: schemaOf(Problem, schemas, 'input') } };
  return Object.fromEntries(
    [...byStatus]
      .toSorted(([a], [b]) => a - b)
      .map(([status, of]) => [
        String(status),
        { description: of.map((code) => `\`${code}\`: ${problems[code].title}`).join('; '), content },
      ]),
  );
}

function webhookOperation(schemas: Json): Json {
  const content = { 'application/problem+json': { schema: schemaOf(Problem, schemas, 'input') } };
  return {
    operationId: 'receiveStripeWebhook',
    summary: 'Webhooks of Stripe',
    description: 'For Stripe alone: verified by the Stripe-Signature over the raw body, stored once, processed later.',
    tags: ['webhooks'],
    security: [],
    parameters: [{ name: 'Stripe-Signature', in: 'header', required: true, schema: { type: 'string' } }],
    requestBody: { required: true, content: json({ type: 'object' }) },
    responses: {
      200: {
        description: 'Stored',
        content: json({
          type: 'object',
          properties: { received: { type: 'boolean' }, duplicate: { type: 'boolean' } },
          required: ['received', 'duplicate'],
        }),
      },
      400: { description: '`webhook_signature_invalid`: The webhook signature is not valid', content },
    },
  };
}

function json(schema: unknown): Json {
  return { 'application/json': { schema } };
}

/** A schema for a document: named ones become components, once. */
function schemaOf(schema: z.ZodType, schemas: Json, side: 'input' | 'output'): Json {
  const made = z.toJSONSchema(schema, {
    io: side,
    target: 'draft-2020-12',
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      // A format says the same as the long patterns zod adds, in one word; the bounds of a safe integer say nothing.
      if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    },
  }) as Json;
  return lift(made, schemas);
}

function lift(made: Json, schemas: Json): Json {
  const { $defs, $schema: _, ...rest } = made;
  for (const [name, definition] of Object.entries(($defs ?? {}) as Json)) schemas[name] = withoutId(definition);
  const own = withoutId(rest) as Json;
  const id = rest['id'];
  if (
    typeof id !== 'string' ||
    (rest['type'] === undefined && rest['oneOf'] === undefined && rest['anyOf'] === undefined)
  )
    return own;
  schemas[id] = own;
  return { $ref: `#/components/schemas/${id}` };
}

/** Points references at the components and drops the names zod left in the schemas. */
function withoutId(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutId);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value as Json).flatMap(([key, member]): [string, unknown][] => {
    if (key === 'id' && typeof member === 'string') return [];
    if (key === '$ref') return [[key, String(member).replace('#/$defs/', '#/components/schemas/')]];
    return [[key, withoutId(member)]];
  });
  return Object.fromEntries(entries);
}
