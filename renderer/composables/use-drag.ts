import { onScopeDispose, watch, type Ref } from 'vue'

/** Which button holds the drag, in a person's terms. */
export type DragButton = 'left' | 'middle' | 'right'

export interface DragMove {
  readonly button: DragButton
  /** CSS pixels since the last move. */
  readonly dx: number
  readonly dy: number
  /** CSS pixels from the element's top-left corner. */
  readonly x: number
  readonly y: number
  readonly shift: boolean
  readonly control: boolean
  readonly alt: boolean
  /** The drag's first move: it began where the last position was. */
  readonly isFirst: boolean
}

export interface DragHandlers {
  move(move: DragMove): void
  /** A press and release of the left button without a move between. */
  click?(at: { readonly x: number; readonly y: number }): void
  end?(): void
}

const buttons: readonly DragButton[] = ['left', 'middle', 'right']
/** A hand that clicks trembles by this many CSS pixels. */
const clickTolerance = 3

/** Mouse and pen drags on an element, with the pointer captured until it is released. */
export function useDrag(target: Readonly<Ref<HTMLElement | null>>, handlers: DragHandlers): void {
  let held: { button: DragButton; x: number; y: number; moved: boolean } | null = null
  let dispose = new AbortController()

  function at(event: PointerEvent): { x: number; y: number } {
    const box = target.value?.getBoundingClientRect()
    return { x: event.clientX - (box?.left ?? 0), y: event.clientY - (box?.top ?? 0) }
  }

  function attach(element: HTMLElement): void {
    dispose = new AbortController()
    const { signal } = dispose
    element.addEventListener(
      'pointerdown',
      (event) => {
        const button = buttons[event.button]
        if (button === undefined || held !== null) return
        element.setPointerCapture(event.pointerId)
        held = { button, ...at(event), moved: false }
        // The middle button would scroll; the focus has to be given by hand then.
        event.preventDefault()
        element.focus()
      },
      { signal },
    )
    element.addEventListener(
      'pointermove',
      (event) => {
        if (held === null) return
        const { x, y } = at(event)
        const dx = x - held.x
        const dy = y - held.y
        if (!held.moved && Math.hypot(dx, dy) < clickTolerance) return
        const isFirst = !held.moved
        held = { ...held, x, y, moved: true }
        const keys = { shift: event.shiftKey, control: event.ctrlKey, alt: event.altKey }
        handlers.move({ button: held.button, dx, dy, x, y, isFirst, ...keys })
      },
      { signal },
    )
    const release = (event: PointerEvent): void => {
      if (held === null) return
      const { button, moved } = held
      held = null
      if (moved) handlers.end?.()
      else if (button === 'left' && event.type === 'pointerup') handlers.click?.(at(event))
    }
    element.addEventListener('pointerup', release, { signal })
    element.addEventListener('pointercancel', release, { signal })
    element.addEventListener(
      'contextmenu',
      (event) => {
        event.preventDefault()
      },
      { signal },
    )
  }

  watch(
    target,
    (element) => {
      dispose.abort()
      if (element !== null) attach(element)
    },
    { immediate: true, flush: 'post' },
  )
  onScopeDispose(() => {
    dispose.abort()
  })
}
