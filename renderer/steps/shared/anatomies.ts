/** The parts of the body that there are usual values for. */
export const anatomies = ['pelvis', 'femur', 'knee', 'skull', 'spine', 'wrist', 'chest'] as const
export type Anatomy = (typeof anatomies)[number]
export type AnatomyChoice = Anatomy | 'none'
