import { z } from 'zod'
import { geometryIssueSchema } from './volume.js'

/** Numbers, texts and (nested) arrays of them; what JSON has no number for is a text: "nan", "inf", "-inf". */
export type InspectedValue = null | boolean | number | string | readonly InspectedValue[]
const inspectedValueSchema: z.ZodType<InspectedValue> = z.lazy(() =>
  z.union([z.null(), z.boolean(), z.number(), z.string(), z.array(inspectedValueSchema)]),
)

/** One thing inside a file, with what is inside it. */
export interface InspectedNode {
  readonly name: string
  /** E.g. "dictionary of 3", "float32 tensor, 1 x 4 x 4". */
  readonly type: string
  /** Absent for containers, and for arrays too large to show. */
  readonly value?: InspectedValue | undefined
  readonly children: readonly InspectedNode[]
  /** How many further members are not shown. */
  readonly hidden: number
}
const inspectedNodeSchema: z.ZodType<InspectedNode> = z.lazy(() =>
  z.object({
    name: z.string(),
    type: z.string(),
    value: inspectedValueSchema.optional(),
    children: z.array(inspectedNodeSchema),
    hidden: z.int().nonnegative(),
  }),
)

export const inspectInputSchema = z.object({
  path: z.string().min(1),
  /** Only this member, with all of its values: "drr.sdd", "optimization.scales[0]". */
  key: z.string().optional(),
})
export const inspectOutputSchema = z.object({
  title: z.string(),
  facts: z.array(z.object({ name: z.string(), value: z.string() })),
  /** Null where the facts say everything. */
  tree: inspectedNodeSchema.nullable(),
  issues: z.array(geometryIssueSchema),
})
export type InspectInput = z.infer<typeof inspectInputSchema>
export type InspectOutput = z.infer<typeof inspectOutputSchema>
