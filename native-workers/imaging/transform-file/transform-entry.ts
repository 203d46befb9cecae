/** One transform as ITK's files hold it: a type and two lists of numbers whose meaning the type gives. */
export interface TransformEntry {
  /** ITK's class name without precision and dimensions, e.g. "AffineTransform". */
  readonly typeName: string
  readonly parameters: readonly number[]
  /** The centre of rotation for most types. */
  readonly fixedParameters: readonly number[]
}
