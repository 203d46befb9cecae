import type vtkRenderer from '@kitware/vtk.js/Rendering/Core/Renderer'
import type { SceneDocument } from '../../native-workers/contract/files/scene-document.js'
import type { Vector3 } from '../../native-workers/contract/matrix.js'
import { add, scale } from '../geometry/math.js'

const directions: readonly { readonly letter: string; readonly towards: Vector3 }[] = [
  { letter: 'L', towards: [1, 0, 0] },
  { letter: 'R', towards: [-1, 0, 0] },
  { letter: 'P', towards: [0, 1, 0] },
  { letter: 'A', towards: [0, -1, 0] },
  { letter: 'S', towards: [0, 0, 1] },
  { letter: 'I', towards: [0, 0, -1] },
]

/** How far outside the volume's box a letter stands, in half extents. */
const distanceFactor = 1.12

export interface Letters {
  /** Moves the letters to where the renderer shows their places. */
  update(): void
  show(isShown: boolean): void
}

/** Anatomical letters beside the faces of the volume's box, as text over the picture. */
export function addLetters(
  parent: HTMLElement,
  renderer: vtkRenderer,
  { boxCornersMm }: SceneDocument,
): Letters {
  const extent = (axis: 0 | 1 | 2): readonly [number, number] => {
    const values = boxCornersMm.map((corner) => corner[axis])
    return [Math.min(...values), Math.max(...values)]
  }
  const ranges = [extent(0), extent(1), extent(2)] as const
  const middle: Vector3 = [mean(ranges[0]), mean(ranges[1]), mean(ranges[2])]
  const marks = directions.map(({ letter, towards }) => {
    const half = towards.reduce<number>((sum, part, axis) => {
      const [low, high] = ranges[axis as 0 | 1 | 2]
      return sum + (Math.abs(part) * (high - low)) / 2
    }, 0)
    const element = document.createElement('span')
    element.className = 'letter'
    element.textContent = letter
    parent.append(element)
    return { element, place: add(middle, scale(towards, half * distanceFactor)) }
  })
  let isShown = true

  function update(): void {
    const { clientWidth, clientHeight } = parent
    const aspect = clientWidth / Math.max(1, clientHeight)
    for (const { element, place } of marks) {
      const [x = 0, y = 0, depth = 0] = renderer.worldToNormalizedDisplay(...place, aspect)
      element.hidden = !isShown || depth < 0 || depth > 1
      element.style.transform = `translate(${x * clientWidth}px, ${(1 - y) * clientHeight}px) translate(-50%, -50%)`
    }
  }

  return {
    update,
    show(value) {
      isShown = value
      update()
    },
  }
}

const mean = ([low, high]: readonly [number, number]): number => (low + high) / 2
