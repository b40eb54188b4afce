import { z } from 'zod';

/** Problem details (RFC 9457), the shape of every answer that is not a success. */
export const Problem = z
  .object({
    type: z.string().meta({ description: 'Where the problem is explained: /docs/problems/<code>' }),
    title: z.string(),
    status: z.int(),
    code: z.string().meta({ description: 'Stable, for programs' }),
    detail: z.string().meta({ description: 'What happened and what to do, for a person' }),
    request_id: z.string(),
    errors: z.array(z.object({ pointer: z.string(), message: z.string() })).optional(),
  })
  .loose()
  .meta({ id: 'Problem' });
