/** What a scene stands before, and the colours of its lines there. */
export interface Backdrop {
  readonly name: 'dark' | 'white' | 'black'
  /** Red, green, blue 0..1. */
  readonly background: readonly [number, number, number]
  readonly frustumColour: string
  readonly principalRayColour: string
  readonly boxColour: string
}

const onDark = { frustumColour: '#4d7690', principalRayColour: '#e9eef2', boxColour: '#4a525b' }

const backdrops: Readonly<Record<Backdrop['name'], Backdrop>> = {
  dark: { name: 'dark', background: [0.03, 0.035, 0.04], ...onDark },
  black: { name: 'black', background: [0, 0, 0], ...onDark },
  white: {
    name: 'white',
    background: [1, 1, 1],
    frustumColour: '#6d93ac',
    principalRayColour: '#3a434c',
    boxColour: '#a8b1ba',
  },
}

/** Dark as the application where no other is asked for. */
export function backdropOf(name: string | undefined): Backdrop {
  return name === 'white' || name === 'black' ? backdrops[name] : backdrops.dark
}
