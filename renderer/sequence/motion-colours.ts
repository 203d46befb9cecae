/** Along the columns, along the rows, along the view; seen on dark and light ground alike. */
export const motionColours = ['#d9706b', '#5fa568', '#5b93d6'] as const
