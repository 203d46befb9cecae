/** What a random stream is for: the first key after the seed. Trainings can't draw what validation draws. */
export const streamKey = {
  batch: 1,
  augmentation: 2,
  validation: 3,
  validationNoise: 4,
  parameters: 5,
} as const
