import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import { getBBox } from 'diagram-js/lib/util/Elements';
import 'bpmn-js/dist/assets/diagram-js.css';
import type Canvas from 'diagram-js/lib/core/Canvas';
import type ElementRegistry from 'diagram-js/lib/core/ElementRegistry';
import type EventBus from 'diagram-js/lib/core/EventBus';
import type { Element } from 'diagram-js/lib/model/Types';
import type Overlays from 'diagram-js/lib/features/overlays/Overlays';
import type Selection from 'diagram-js/lib/features/selection/Selection';
import type ZoomScroll from 'diagram-js/lib/navigation/zoomscroll/ZoomScroll';
import type { DiagramMark } from './marks.ts';
import { placeBadges, type Box } from './place-badges.ts';

export class NoDiagram extends Error {}

/** Badges stay readable when the whole of a large diagram is shown. */
const badgeScale = { min: 0.85, max: 1.2 };
const readableZoom = 0.7;
const margin = 16;

/** A read-only BPMN diagram with marks. The bpmn.io mark in its lower right corner stays uncovered. */
export class DiagramViewer {
  readonly #viewer: NavigatedViewer;
  #marked: [element: string, marker: string][] = [];
  #badges: { element: string; node: HTMLElement }[] = [];

  constructor(container: HTMLElement, onSelect: (element: string) => void) {
    this.#viewer = new NavigatedViewer({ container });
    this.#viewer.get<EventBus>('eventBus').on('element.click', (event: { element: { id: string } }) => {
      onSelect(event.element.id.replace(/_label$/, ''));
    });
    let scale = 0;
    this.#viewer.get<EventBus>('eventBus').on('canvas.viewbox.changed', (event: { viewbox: { scale: number } }) => {
      if (event.viewbox.scale !== scale) this.#placeBadges();
      scale = event.viewbox.scale;
    });
  }

  /** Rejects with `NoDiagram` when the file carries no BPMN DI. */
  async show(xml: string): Promise<void> {
    this.#marked = [];
    this.#badges = [];
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
    for (const [element, marker] of this.#marked) {
      if (this.#registry.get(element)) this.#canvas.removeMarker(element, marker);
    }
    const known = marks.filter(({ element }) => this.#registry.get(element));
    this.#marked = known.map(({ element, kind }) => [element, `mark-${kind}`]);
    for (const [element, marker] of this.#marked) this.#canvas.addMarker(element, marker);
    this.#badges = known.filter(({ sign }) => sign).map((mark) => ({ element: mark.element, node: badge(mark) }));
    this.#placeBadges();
  }

  /** Badges keep their size while the drawing is zoomed: what fits is another matter at each zoom. */
  #placeBadges(): void {
    const overlays = this.#viewer.get<Overlays>('overlays');
    overlays.clear();
    if (this.#badges.length === 0) return;
    const zoom = this.#canvas.zoom();
    const unit = Math.min(Math.max(zoom, badgeScale.min), badgeScale.max) / zoom;
    const sizes = measure(
      this.#canvas.getContainer(),
      this.#badges.map(({ node }) => node),
      unit,
    );
    const root = this.#canvas.getRootElement();
    const inTheWay = (this.#registry.getAll() as Element[]).filter(
      (each) => isInTheWay(each) && this.#canvas.findRoot(each) === root,
    );
    const boxes = new Map(inTheWay.map((each) => [each.id, getBBox(each)]));
    const places = placeBadges(
      this.#badges.map(({ element }, index) => {
        const shape = this.#registry.get(element)!;
        return {
          at: boxes.get(element) ?? getBBox(shape as Element),
          isConnection: 'waypoints' in shape,
          ...sizes[index]!,
        };
      }),
      [...boxes.values()],
      this.#sheet(),
    );
    for (const [index, { element, node }] of this.#badges.entries()) {
      const { left, top, short } = places[index]!;
      node.classList.toggle('badge-short', short);
      overlays.add(element, 'mark', { position: { left, top }, scale: badgeScale, html: node });
    }
  }

  /** The drawing with the air that `fit` leaves around it. */
  #sheet(): Box {
    const { inner, scale } = this.#canvas.viewbox();
    const air = margin / scale;
    return {
      x: inner.x - air,
      y: inner.y - air,
      width: inner.width + 2 * air,
      height: inner.height + 2 * air,
    };
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

/** Badges must not cover what has a name or a sign of its own; what only holds others may be covered. */
function isInTheWay({ parent, children, type, waypoints }: Element): boolean {
  return Boolean(parent) && !waypoints && !children?.length && !/^bpmn:(Lane|Participant|Group)$/.test(String(type));
}

/** The sizes of the badges with their words and without, in lengths of the drawing of which `unit` make a CSS pixel. */
function measure(container: HTMLElement, nodes: readonly HTMLElement[], unit: number) {
  const hidden = document.createElement('div');
  hidden.className = 'badge-measure';
  hidden.append(...nodes);
  container.append(hidden);
  const read = (short: boolean) => {
    for (const node of nodes) node.classList.toggle('badge-short', short);
    return nodes.map((node) => ({ width: node.offsetWidth * unit, height: node.offsetHeight * unit }));
  };
  const full = read(false);
  const sign = read(true);
  hidden.remove();
  return full.map((size, index) => ({ full: size, sign: sign[index]! }));
}

/** Names come from uploaded files: they go in as text, never as markup. */
function badge({ kind, sign, text, label }: DiagramMark): HTMLElement {
  const node = document.createElement('div');
  node.className = `diagram-badge badge-${kind}`;
  node.setAttribute('role', 'img');
  node.setAttribute('aria-label', label ?? text ?? '');
  node.title = label ?? '';
  const words = document.createElement('span');
  words.textContent = text ? ` ${text}` : '';
  node.append(sign ?? '', words);
  return node;
}
