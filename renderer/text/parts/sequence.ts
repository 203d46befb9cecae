export const sequenceText = {
  title: 'Frames',
  frames: 'Frames',
  framesHelp: (count: number) => `all, a range such as 1-${count}, or a list such as 1, 3, 5-${count}`,
  run: 'Register frames',
  job: (xrays: string) => `Register frames: ${xrays}`,
  frame: 'Frame',
  frameOf: (frame: number, count: number) => `${frame} of ${count}`,
  motion: 'Motion since the first frame',
  axes: ['columns, mm', 'rows, mm', 'view, mm', 'columns, °', 'rows, °', 'view, °'],
  done: (count: number, kept: number) =>
    kept === 0 ? `${count} frames registered.` : `${count} frames, ${kept} of them kept from before.`,
  missing: {
    frames: (count: number) => `Name frames from 1 to ${count}, or write “all”.`,
    folder: 'An output folder is missing.',
  },
} as const
