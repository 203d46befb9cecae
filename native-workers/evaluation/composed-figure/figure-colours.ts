/** What text and lines are drawn with. */
export interface FigureColours {
  readonly background: string
  readonly ink: string
  /** Axes and what is said aside. */
  readonly faint: string
  readonly grid: string
  readonly curve: string
}

export const figureColours: Readonly<Record<'white' | 'black', FigureColours>> = {
  white: { background: '#ffffff', ink: '#1f2328', faint: '#57606a', grid: '#d8dee4', curve: '#0b6cae' },
  black: { background: '#000000', ink: '#f0f3f6', faint: '#9aa4ad', grid: '#30363d', curve: '#58a6d6' },
}
