import { z } from 'zod'

const finite = z.number()

export const vector2Schema = z.tuple([finite, finite]).readonly()
export const vector3Schema = z.tuple([finite, finite, finite]).readonly()
const row4Schema = z.tuple([finite, finite, finite, finite]).readonly()
export const matrix3Schema = z.tuple([vector3Schema, vector3Schema, vector3Schema]).readonly()
export const matrix4Schema = z.tuple([row4Schema, row4Schema, row4Schema, row4Schema]).readonly()

export type Vector2 = z.infer<typeof vector2Schema>
export type Vector3 = z.infer<typeof vector3Schema>
/** Three rows of three, float64. */
export type Matrix3 = z.infer<typeof matrix3Schema>
/** Four rows of four, float64; for rigid transforms the last row is 0 0 0 1. Named target-from-source. */
export type Matrix4 = z.infer<typeof matrix4Schema>
