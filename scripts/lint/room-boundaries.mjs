/**
 * Which rooms of native-workers/ a room may import, beside itself. Imports run downward only, so every room below
 * is allowed and siblings are not.
 *
 * @type {Record<string, string[]>}
 */
const roomsBelow = {
  contract: [],
  geometry: ['contract'],
  imaging: ['contract', 'geometry'],
  rendering: ['contract', 'geometry', 'imaging'],
  similarity: ['contract', 'geometry', 'imaging'],
  training: ['contract', 'geometry', 'imaging', 'rendering', 'similarity'],
  registration: ['contract', 'geometry', 'imaging', 'rendering', 'similarity', 'training'],
  evaluation: ['contract', 'geometry', 'imaging', 'rendering', 'similarity', 'training', 'registration'],
  engine: [
    'contract',
    'geometry',
    'imaging',
    'rendering',
    'similarity',
    'training',
    'registration',
    'evaluation',
  ],
  cli: [
    'contract',
    'geometry',
    'imaging',
    'rendering',
    'similarity',
    'training',
    'registration',
    'evaluation',
    'engine',
  ],
}

const engineZones = Object.entries(roomsBelow).map(([room, below]) => ({
  target: `./native-workers/${room}`,
  from: './native-workers',
  except: [room, ...below].map((allowed) => `./${allowed}`),
  message: `${room}/ may import ${below.length === 0 ? 'no other room' : below.join(', ')}: imports run downward only.`,
}))

const windowSides = ['main', 'preload', 'renderer']

const windowZones = windowSides.map((side) => ({
  target: `./${side}`,
  from: './native-workers',
  except: ['./contract'],
  message: 'main/, preload/ and renderer/ know the engine by its contract alone.',
}))

/** The renderer sees the bridge's types; nothing else crosses between the three sides of the window. */
const betweenWindowSides = windowSides.flatMap((side) =>
  windowSides
    .filter((other) => other !== side)
    .map((other) => ({
      target: `./${side}`,
      from: `./${other}`,
      except: other === 'preload' ? ['./api.ts'] : [],
      message: `${side}/ and ${other}/ run in different processes and share the contract alone.`,
    })),
)

const engineKnowsNoWindow = {
  target: './native-workers',
  from: ['./main', './preload', './renderer', './tests'],
  message: 'The engine knows nothing of Electron, of the window or of the tests that cross rooms.',
}

/** Zones of `import-x/no-restricted-paths`. */
export const roomBoundaries = [...engineZones, ...windowZones, ...betweenWindowSides, engineKnowsNoWindow]
