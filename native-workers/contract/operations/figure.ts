import { z } from 'zod'
import { labelSourceSchema } from './sources.js'

/** Pictures on the detector of one X-ray. */
export const projectionPictureSchema = z.enum([
  'xray',
  'mask',
  'initial',
  'final',
  'high-quality',
  'edges',
  'difference',
  'checkerboard',
  'blend',
])
export type ProjectionPicture = z.infer<typeof projectionPictureSchema>

export const slicePlaneSchema = z.enum(['axial', 'coronal', 'sagittal'])
export type SlicePlane = z.infer<typeof slicePlaneSchema>

/** What one panel of a composed figure shows. */
export const figureContentSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('projection'),
    picture: projectionPictureSchema,
    /** Counted from 0. */
    viewIndex: z.int().nonnegative().default(0),
  }),
  z.object({
    kind: z.literal('slice'),
    plane: slicePlaneSchema,
    /** LPS coordinate across the plane; through the isocentre when absent. */
    positionMm: z.number().optional(),
  }),
  /** The 3D scene: CT surface, C-arms, X-rays. */
  z.object({ kind: z.literal('scene') }),
  /** Similarity over the renders of the optimisation. */
  z.object({ kind: z.literal('curve') }),
])
export type FigureContent = z.infer<typeof figureContentSchema>

export const figurePanelSchema = z.object({
  content: figureContentSchema,
  /** What the content is called when absent; '' for none. */
  caption: z.string().max(200).optional(),
})
export type FigurePanel = z.infer<typeof figurePanelSchema>

/** How slices of the CT are shown. */
export const sliceLookSchema = z.object({
  /** HU shown from black to white, and the middle of it. */
  windowHu: z.number().positive().default(1500),
  levelHu: z.number().default(300),
  /** Drawn over the slices in colour; none when absent. */
  labels: labelSourceSchema.optional(),
  labelOpacity: z.number().min(0).max(1).default(0.4),
  /** "#rrggbb" by label number, where it is not the usual one. */
  labelColours: z.record(z.string().regex(/^\d+$/), z.string().regex(/^#[0-9a-f]{6}$/i)).default({}),
})
export type SliceLook = z.infer<typeof sliceLookSchema>

export const mostPanels = 24

/** Everything that shapes a composed figure, but for where it goes. */
export const figureDesignSchema = z.object({
  panels: z.array(figurePanelSchema).min(1).max(mostPanels),
  /** Panels side by side. */
  columns: z.int().min(1).max(8).default(3),
  /** Of the whole figure as printed: journals' columns are about 85, 130 and 180 mm wide. */
  widthMm: z.number().min(40).max(400).default(180),
  fontSizePoints: z.number().min(4).max(24).default(8),
  letters: z.enum(['lower', 'upper', 'none']).default('lower'),
  scaleBars: z.boolean().default(true),
  colourBar: z.boolean().default(true),
  background: z.enum(['white', 'black']).default('white'),
  /** Of PNG and TIFF, and of the pictures inside SVG and PDF. */
  dotsPerInch: z.int().min(72).max(1200).default(300),
  slices: sliceLookSchema.prefault({}),
})
export type FigureDesign = z.infer<typeof figureDesignSchema>

export const composeFigureInputSchema = z.object({
  /** A registration's result.json, or the folder with it. */
  resultPath: z.string().min(1),
  /** .png, .tif or .tiff, .svg, .pdf. */
  outputPath: z.string().min(1),
  design: figureDesignSchema,
  force: z.boolean().default(false),
})
export type ComposeFigureInput = z.infer<typeof composeFigureInputSchema>

const composedShape = {
  widthMm: z.number(),
  heightMm: z.number(),
  /** The text to put under the figure: what each panel shows, and what its bars and colours mean. */
  legend: z.string(),
  notes: z.array(z.string()),
}

const composeFigureReportShape = {
  ...composedShape,
  file: z.string(),
  /** Of PNG and TIFF. */
  pixels: z.object({ width: z.int(), height: z.int() }).nullable(),
  bytes: z.int(),
}
export const composeFigureReportSchema = z.object(composeFigureReportShape)
export const composeFigureOutputSchema = z.object({ ...composeFigureReportShape, isUpToDate: z.boolean() })
export type ComposeFigureReport = z.infer<typeof composeFigureReportSchema>
export type ComposeFigureOutput = z.infer<typeof composeFigureOutputSchema>

/** The same figure as a small picture for the window; nothing is written. */
export const previewFigureInputSchema = z.object({
  resultPath: z.string().min(1),
  design: figureDesignSchema,
  /** Of the preview. */
  widthPixels: z.int().min(100).max(4000).default(900),
})
export const previewFigureOutputSchema = z.object({ ...composedShape, png: z.instanceof(Uint8Array) })
export type PreviewFigureInput = z.infer<typeof previewFigureInputSchema>
export type PreviewFigureOutput = z.infer<typeof previewFigureOutputSchema>
