import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import 'bpmn-js/dist/assets/diagram-js.css';
import type Canvas from 'diagram-js/lib/core/Canvas';
import type ElementRegistry from 'diagram-js/lib/core/ElementRegistry';
import type EventBus from 'diagram-js/lib/core/EventBus';
import type Overlays from 'diagram-js/lib/features/overlays/Overlays';
import type Selection from 'diagram-js/lib/features/selection/Selection';
import type ZoomScroll from 'diagram-js/lib/navigation/zoomscroll/ZoomScroll';
import type { DiagramMark } from './marks.ts';

export class NoDiagram extends Error {}

/** Badges stay readable when the whole of a large diagram is shown. */
const badgeScale = { min: 0.85, max: 1.2 };
const readableZoom = 0.7;
const margin = 16;

/** A read-only BPMN diagram with marks. The bpmn.io mark in its lower right corner stays uncovered. */
export class DiagramViewer {
  readonly #viewer: NavigatedViewer;
  #marked: [element: string, marker: string][] = [];

  constructor(container: HTMLElement, onSelect: (element: string) => void) {
    this.#viewer = new NavigatedViewer({ container });
    this.#viewer.get<EventBus>('eventBus').on('element.click', (event: { element: { id: string } }) => {
      onSelect(event.element.id.replace(/_label$/, ''));
    });
  }

  /** Rejects with `NoDiagram` when the file carries no BPMN DI. */
  async show(xml: string): Promise<void> {
    this.#marked = [];
    try {
      await this.#viewer.importXML(xml);
    } catch (error) {
      if (/no diagram to display|no process or collaboration/.test(String(error))) throw new NoDiagram(String(error));
      throw error;
    }
    if (this.#registry.filter((element) => Boolean(element.parent)).length === 0) throw new NoDiagram('empty diagram');
  }

  /** The height that shows the whole drawing at this width. It is never drawn larger than life. */
  heightAt(width: number): number {
    const { inner } = this.#canvas.viewbox();
    return inner.height * Math.min(1, inner.width > 0 ? width / inner.width : 1) + 2 * margin;
  }

  /** The whole diagram with a little air. */
  fit(): void {
    const { width, height } = this.#canvas.getSize();
    if (width <= 0 || height <= 0) return;
    // any point means: centred
    const zoom = this.#canvas.zoom('fit-viewport', { x: 0, y: 0 });
    this.#canvas.zoom(zoom * 0.96);
  }

  zoomBy(step: 1 | -1): void {
    this.#viewer.get<ZoomScroll>('zoomScroll').stepZoom(step);
  }

  resized(): void {
    this.#canvas.resized();
  }

  mark(marks: readonly DiagramMark[]): void {
    const overlays = this.#viewer.get<Overlays>('overlays');
    overlays.clear();
    for (const [element, marker] of this.#marked) {
      if (this.#registry.get(element)) this.#canvas.removeMarker(element, marker);
    }
    this.#marked = [];
    for (const mark of marks) {
      if (!this.#registry.get(mark.element)) continue;
      const marker = `mark-${mark.kind}`;
      this.#canvas.addMarker(mark.element, marker);
      this.#marked.push([mark.element, marker]);
      if (mark.text)
        overlays.add(mark.element, 'mark', {
          position: { bottom: 10, left: -4 },
          scale: badgeScale,
          html: badge(mark),
        });
    }
  }

  /** Marks the element as selected; `show`: also brings it into view, large enough to read. */
  select(id: string | null, show: boolean): void {
    const selection = this.#viewer.get<Selection>('selection');
    const element = id ? this.#registry.get(id) : undefined;
    selection.select(element ?? null);
    if (!element || !show) return;
    if (this.#canvas.zoom() < readableZoom) this.#canvas.zoom(0.9);
    this.#canvas.scrollToElement(element, 80);
  }

  destroy(): void {
    this.#viewer.destroy();
  }

  get #canvas(): Canvas {
    return this.#viewer.get<Canvas>('canvas');
  }

  get #registry(): ElementRegistry {
    return this.#viewer.get<ElementRegistry>('elementRegistry');
  }
}

/** Names come from uploaded files: they go in as text, never as markup. */
function badge({ kind, text, label }: DiagramMark): HTMLElement {
  const node = document.createElement('div');
  node.className = `diagram-badge badge-${kind}`;
  node.setAttribute('role', 'img');
  node.setAttribute('aria-label', label ?? text ?? '');
  node.title = label ?? '';
  node.textContent = text ?? '';
  return node;
}
