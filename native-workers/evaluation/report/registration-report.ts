import { basename } from 'node:path'
import { intrinsicNumbers, sourceToDetectorMm } from '../../geometry/camera.js'
import { gridCentreMm } from '../../imaging/volume.js'
import { loadVolume } from '../../imaging/volume-cache.js'
import { figureColours } from '../composed-figure/figure-colours.js'
import { ProjectionPictures, type ProjectionRequest } from '../composed-figure/projection-pictures.js'
import { drawScaleBar } from '../composed-figure/scale-bar.js'
import { drawSimilarityCurve } from '../composed-figure/similarity-curve.js'
import { type PanelPicture } from '../composed-figure/panel-picture.js'
import { type Figure, type FigureContext, pointsPerInch } from '../figure/canvas.js'
import { drawLine, wrapped } from '../figure/text.js'
import { type SavedRegistration } from '../saved-registration/open-saved-registration.js'
import { type PoseConventions, poseConventions } from './pose-conventions.js'
import { bodySize, Column, faint, fixed, ink } from './report-text.js'
import { settingsLines } from './settings-lines.js'

/** A4. */
const page = { width: 595, height: 842 } as const
const margin = 36
const [gap, columnGap] = [8, 22]
const contentWidth = page.width - 2 * margin
const columnWidth = (contentWidth - columnGap) / 2
const pictureWidth = (contentWidth - 3 * gap) / 4
const mostPictureHeight = 160
const mostViews = 2
const verdictColours = { good: '#1a7f37', check: '#9a6700', failed: '#cf222e' } as const
const notice =
  'Research software. Not a medical device; must not be used for diagnosis or treatment. Greys of DRRs are matched to the X-ray; scale bars hold at the isocentre.'

export interface ReportOptions {
  readonly title: string
  readonly withFileNames: boolean
  readonly dotsPerInch: number
  readonly signal: AbortSignal
}

interface ReportPicture {
  readonly caption: string
  readonly drawn: PanelPicture
  readonly aspect: number
}

/**
 * One A4 page about a registration: pictures, verdict, pose in three conventions, similarity, camera, settings, inputs
 * with the first 12 digits of their SHA-256. Nothing in it names the patient but what file names and title may say.
 * Errors: those of `loadVolume`, `cancelled`.
 */
export async function registrationReport(
  saved: SavedRegistration,
  options: ReportOptions,
): Promise<{ readonly figure: Figure; readonly notes: readonly string[] }> {
  const { result, views } = saved
  const { volume } = await loadVolume(saved.input.volume, options.signal)
  const centres = { gridCentreMm: gridCentreMm(volume.grid), isocentreMm: result.isocentreMm }
  const shownViews = views.slice(0, mostViews)
  const poses = shownViews.map(({ camera, mirroredColumns }) =>
    poseConventions(camera, result.final.worldFromVolume, centres, mirroredColumns),
  )
  const pictures = await reportPictures(saved, options)
  const notes =
    views.length > mostViews ? [`The report shows the first ${mostViews} of ${views.length} X-rays.`] : []
  return {
    notes,
    figure: {
      widthPoints: page.width,
      heightPoints: page.height,
      title: options.title === '' ? 'Registration report' : `Registration report: ${options.title}`,
      draw: (context) => {
        const top = drawPictures(context, pictures, drawHead(context, saved, options))
        const left = new Column(context, margin, top, columnWidth)
        const right = new Column(context, margin + columnWidth + columnGap, top, columnWidth)
        poses.forEach((pose, index) => {
          drawPose(left, pose, views.length > 1 ? ` of X-ray ${index + 1}` : '')
        })
        drawCurve(context, right, saved)
        drawSimilarities(right, saved)
        const below = new Column(context, margin, Math.max(left.top, right.top) + 2, columnWidth)
        const beside = new Column(context, right.left, below.top, columnWidth)
        drawCameras(below, saved)
        drawSettings(beside, saved)
        const foot = new Column(context, margin, Math.max(below.top, beside.top) + 2, contentWidth)
        drawInputs(foot, saved, options.withFileNames)
        for (const note of notes) foot.line(note, faint)
        drawNotice(context)
      },
    },
  }
}

async function reportPictures(
  saved: SavedRegistration,
  { dotsPerInch, signal }: ReportOptions,
): Promise<readonly ReportPicture[]> {
  const several = saved.views.length > 1
  const kinds = several ? (['xray', 'edges'] as const) : (['xray', 'final', 'edges', 'difference'] as const)
  const captions = { xray: 'X-ray', final: 'Final DRR', edges: 'DRR edges', difference: '|X-ray − DRR|' }
  const projections = new ProjectionPictures(saved, 'final', signal)
  const pixelsPerPoint = dotsPerInch / pointsPerInch
  const pictures: ReportPicture[] = []
  for (const [viewIndex, { picture }] of saved.views.slice(0, mostViews).entries()) {
    const aspect = picture.height / picture.width
    const width = Math.min(pictureWidth, mostPictureHeight / aspect)
    const size = {
      width: Math.round(width * pixelsPerPoint),
      height: Math.round(width * aspect * pixelsPerPoint),
    }
    for (const kind of kinds) {
      const request: ProjectionRequest = { picture: kind, viewIndex, size, pixelsPerPoint }
      const scale = projections.differenceScale([request])
      const drawn = await projections.draw(request, scale, () => undefined)
      const range = scale === undefined ? '' : `, 0 to ${scale.greatest} of 255`
      const caption = `${captions[kind]}${several ? ` ${viewIndex + 1}` : ''}${range}`
      pictures.push({ caption, drawn, aspect })
    }
  }
  return pictures
}

/** Title, version and date, verdict with its reasons; returns where it ends. */
function drawHead(context: FigureContext, { result }: SavedRegistration, { title }: ReportOptions): number {
  const top = margin + 10
  drawLine(context, 'Registration report', margin, top, contentWidth, {
    ...{ sizePoints: 16, isBold: true, colour: ink },
  })
  const right = { sizePoints: bodySize, colour: faint, align: 'right' } as const
  drawLine(context, `Isocenter ${result.version}`, page.width - margin, top - 6, 220, right)
  drawLine(context, `registered ${dateText(result.created)}`, page.width - margin, top + 4, 220, right)
  if (title !== '')
    drawLine(context, title, margin, top + 15, contentWidth - 120, { sizePoints: 10, colour: ink })
  let y = top + (title === '' ? 20 : 33)
  const { level, reasons } = result.verdict
  const expected = result.confidence?.expectedErrorMm ?? null
  const style = { sizePoints: 10, isBold: true, colour: verdictColours[level] }
  const error = expected === null ? 'expected error not known' : `expected error ${expected.toFixed(2)} mm`
  drawLine(context, `Verdict: ${level}\u2003·\u2003${error}`, margin, y, contentWidth, style)
  const reasonStyle = { sizePoints: 8, colour: ink }
  for (const line of wrapped(context, reasons.join(' '), contentWidth, 3, reasonStyle)) {
    y += 11
    drawLine(context, line, margin, y, contentWidth, reasonStyle)
  }
  return y + 8
}

const dateText = (created: string): string => `${created.slice(0, 10)} ${created.slice(11, 16)} UTC`

function drawPictures(context: FigureContext, pictures: readonly ReportPicture[], top: number): number {
  let bottom = top
  for (const [index, { caption, drawn, aspect }] of pictures.entries()) {
    const left = margin + index * (pictureWidth + gap)
    const width = Math.min(pictureWidth, mostPictureHeight / aspect)
    const box = { left, top: top + 10, width, height: width * aspect }
    drawLine(context, caption, left, top + 7, pictureWidth, { sizePoints: bodySize, colour: ink })
    context.drawImage(drawn.picture, box.left, box.top, box.width, box.height)
    if (drawn.widthMm !== null) drawScaleBar(context, box, drawn.widthMm, 6.5)
    bottom = Math.max(bottom, box.top + box.height)
  }
  return bottom
}

function drawPose(column: Column, pose: PoseConventions, of: string): void {
  column.heading(`Pose${of}`)
  column.line('cameraFromVolume: CT in LPS mm to camera axes in mm', faint)
  for (const row of pose.cameraFromVolume.slice(0, 3)) {
    column.numbers(row.map((value, n) => fixed(value, n < 3 ? 5 : 3)))
  }
  column.space(2)
  const { diffdrr, cameraAxes } = pose
  const side = `${diffdrr.orientation}, reverse_x_axis ${diffdrr.reverseXAxis ? 'True' : 'False'}`
  column.line(`xvr, DiffDRR: angles ZXY, xyz in mm; ${side}`, faint)
  column.numbers([
    ...diffdrr.anglesDeg.map((angle) => `${fixed(angle, 3)}°`),
    ...diffdrr.translationMm.map((value) => fixed(value, 2)),
  ])
  column.space(2)
  column.line('Camera axes: isocentre in mm; turn, tilt, roll out of AP', faint)
  column.numbers([
    ...cameraAxes.isocentreMm.map((value) => fixed(value, 2)),
    ...[cameraAxes.turnDeg, cameraAxes.tiltDeg, cameraAxes.rollDeg].map((angle) => `${fixed(angle, 3)}°`),
  ])
}

function drawCurve(context: FigureContext, column: Column, { result }: SavedRegistration): void {
  column.heading('Similarity over the renders of the optimisation')
  const box = { left: column.left, top: column.top + 4, width: column.width, height: 118 }
  drawSimilarityCurve(context, box, result.trajectory, bodySize, figureColours.white)
  column.space(box.height + 4)
}

function drawSimilarities(column: Column, { result, views }: SavedRegistration): void {
  for (const [index, { similarity }] of result.views.entries()) {
    const name = views.length > 1 ? `X-ray ${index + 1}` : 'X-ray'
    if (similarity === null) continue
    const { initial, final } = similarity
    const parts = [
      `gmNCC ${fixed(initial.gmncc, 3)} → ${fixed(final.gmncc, 3)}`,
      `NCC ${fixed(initial.ncc, 3)} → ${fixed(final.ncc, 3)}`,
    ]
    column.fact(name, parts.join('\u2003'), 46)
  }
  const { confidence, renders, secondsPerPhase } = result
  const seconds = Object.values(secondsPerPhase).reduce((sum, each) => sum + each, 0)
  const millimetres = (value: number | null | undefined) =>
    value === null || value === undefined ? 'not known' : `${value.toFixed(2)} mm`
  column.fact(
    'errors',
    `in plane ${millimetres(confidence?.inPlaneUncertaintyMm)}, depth ${millimetres(confidence?.depthUncertaintyMm)}`,
    46,
  )
  column.fact('work', `${renders} renders, ${seconds.toFixed(1)} s`, 46)
}

function drawCameras(column: Column, { views }: SavedRegistration): void {
  for (const [index, { camera }] of views.slice(0, mostViews).entries()) {
    column.heading(views.length > 1 ? `Camera of X-ray ${index + 1}` : 'Camera')
    const { width, height } = camera.imageSize
    const { fx, fy, cx, cy } = intrinsicNumbers(camera)
    const distance = sourceToDetectorMm(camera)
    const pitch = camera.pixelSpacingMm
    column.fact('image', `${width} × ${height} pixels`)
    column.fact('focal length', `${fixed(fx, 2)}, ${fixed(fy, 2)} pixels`)
    column.fact('principal point', `${fixed(cx, 2)}, ${fixed(cy, 2)} pixels`)
    const [source, detector] =
      pitch === undefined || distance === null
        ? ['not known', 'not known']
        : [`${fixed(distance, 2)} mm`, `${pitch.map((side) => fixed(side, 4)).join(' × ')} mm`]
    column.fact('source to detector', source)
    column.fact('pixel pitch', detector)
  }
}

function drawSettings(column: Column, { input }: SavedRegistration): void {
  column.heading('Settings')
  for (const [name, value] of settingsLines(input)) column.fact(name, value)
}

function drawInputs(column: Column, { result }: SavedRegistration, withFileNames: boolean): void {
  column.heading('Inputs, with the beginning of their SHA-256')
  for (const { role, path, sha256, bytes } of result.inputs) {
    const size = bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`
    const parts = [sha256.slice(0, 12), size, ...(withFileNames ? [basename(path)] : [])]
    column.fact(role, parts.join('\u2003'), 82)
  }
}

function drawNotice(context: FigureContext): void {
  const style = { sizePoints: 6.8, colour: faint }
  const lines = wrapped(context, notice, contentWidth, 2, style)
  lines.forEach((line, index) => {
    const y = page.height - margin + 10 - (lines.length - 1 - index) * 9
    drawLine(context, line, margin, y, contentWidth, style)
  })
}
