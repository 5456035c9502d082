#!/usr/bin/env node
/**
 * Draws a BPMN process whose lanes are departments: column = longest path from the start, row = lane, edges orthogonal.
 *
 *   node scripts/layout-lanes.mjs process.bpmn            replaces the diagram in the file
 *   node scripts/layout-lanes.mjs process.bpmn out.bpmn   writes another file
 *
 * Only the <bpmndi:BPMNDiagram> part is replaced; the process itself stays as it was written, byte by byte.
 * Draws one pool with one level of lanes and no expanded sub-processes; anything else is refused.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { BpmnModdle } from 'bpmn-moddle';

const TASK = { width: 120, height: 80 };
const GATEWAY = { width: 50, height: 50 };
const EVENT = { width: 36, height: 36 };
const LEFT = { pool: 160, lane: 190, nodes: 240 };
const TOP = 80;
const TRACK = 12;
const FONT = 12;

/** The same document with a new diagram. */
export async function layout(xml) {
  const { rootElement } = await new BpmnModdle().fromXML(xml);
  const drawing = draw(readModel(rootElement));
  const bare = xml.replace(/\s*<bpmndi:BPMNDiagram[\s\S]*<\/bpmndi:BPMNDiagram>/, '');
  return bare.replace(/\s*<\/((?:\w+:)?definitions)>\s*$/, (_, name) => `\n${drawing}\n</${name}>\n`);
}

// reading ///

function readModel(definitions) {
  const collaboration = definitions.rootElements.find(({ $type }) => $type === 'bpmn:Collaboration');
  const pools = collaboration?.participants ?? [];
  if (pools.length !== 1) throw new Error(`Expected one pool, but found ${pools.length}`);
  const { processRef } = pools[0];
  const lanes = processRef.laneSets?.[0]?.lanes ?? [];
  if (lanes.length === 0) throw new Error('Expected lanes, but the process has none');

  const laneOf = new Map();
  lanes.forEach((lane, index) => (lane.flowNodeRef ?? []).forEach((node) => laneOf.set(node.id, index)));
  const nodes = new Map();
  const edges = [];
  for (const element of processRef.flowElements) {
    if (element.$type === 'bpmn:SequenceFlow') continue;
    if (element.$type === 'bpmn:SubProcess') throw new Error(`Expected no sub-process, but found ${element.id}`);
    if (!laneOf.has(element.id)) throw new Error(`Expected ${element.id} to lie in a lane, but none names it`);
    const kind = /Event$/.test(element.$type) ? 'event' : /Gateway$/.test(element.$type) ? 'gateway' : 'task';
    const size = { event: EVENT, gateway: GATEWAY, task: TASK }[kind];
    const host = element.attachedToRef?.id;
    nodes.set(element.id, {
      id: element.id,
      name: element.name ?? '',
      kind,
      ...size,
      lane: laneOf.get(element.id),
      host,
    });
  }
  for (const flow of processRef.flowElements) {
    if (flow.$type !== 'bpmn:SequenceFlow') continue;
    edges.push({
      id: flow.id,
      name: flow.name ?? '',
      source: nodes.get(flow.sourceRef.id),
      target: nodes.get(flow.targetRef.id),
    });
  }
  return { collaboration: collaboration.id, pool: pools[0], lanes, nodes, edges };
}

// placing ///

/** Where a boundary event's flow starts in the grid: at its host. */
const anchor = (nodes, node) => (node.host ? nodes.get(node.host) : node);

/** Marks the edges that close a loop, found depth first from the nodes nothing leads to. */
function markBackEdges(nodes, edges) {
  const out = new Map([...nodes.values()].map((node) => [node, []]));
  for (const edge of edges) out.get(anchor(nodes, edge.source)).push(edge);
  const state = new Map();
  const visit = (node) => {
    state.set(node, 'open');
    for (const edge of out.get(node)) {
      if (state.get(edge.target) === 'open') edge.back = true;
      else if (!state.has(edge.target)) visit(edge.target);
    }
    state.set(node, 'done');
  };
  const entered = new Set(edges.map((edge) => edge.target));
  for (const node of nodes.values()) if (!node.host && !entered.has(node) && !state.has(node)) visit(node);
  for (const node of nodes.values()) if (!node.host && !state.has(node)) visit(node);
}

function placeInColumns(nodes, edges) {
  const forward = edges.filter((edge) => !edge.back);
  for (const node of nodes.values()) node.column = 0;
  for (let moved = true; moved;) {
    moved = false;
    for (const { source, target } of forward) {
      const column = anchor(nodes, source).column + 1;
      if (target.column < column) {
        target.column = column;
        moved = true;
      }
    }
  }
}

/** Each lane gets as many rows as its fullest column needs; a node stays on the row of the node before it where it can. */
function placeInRows(nodes, edges, laneCount) {
  const placed = [...nodes.values()].filter((node) => !node.host);
  const ahead = wayToTheEnd(nodes, edges);
  placed.sort((a, b) => a.column - b.column || ahead.get(b) - ahead.get(a));
  const taken = new Set();
  const heights = new Array(laneCount).fill(1);
  for (const node of placed) {
    const before = edges.find(
      (edge) => edge.target === node && !edge.back && anchor(nodes, edge.source).lane === node.lane,
    );
    const sideways = before?.source.host !== undefined;
    const wish = before ? anchor(nodes, before.source).subRow + (sideways ? 1 : 0) : 0;
    const free = (subRow) => !taken.has(`${node.lane}/${node.column}/${subRow}`);
    node.subRow = free(wish) ? wish : [...Array(99).keys()].find(free);
    taken.add(`${node.lane}/${node.column}/${node.subRow}`);
    heights[node.lane] = Math.max(heights[node.lane], node.subRow + 1);
  }
  const firstRow = heights.map((_, lane) => heights.slice(0, lane).reduce((a, b) => a + b, 0));
  for (const node of placed) node.row = firstRow[node.lane] + node.subRow;
  return { heights, firstRow, rows: heights.reduce((a, b) => a + b, 0) };
}

/** Steps from each node to the farthest end: the main line is the longest one, and keeps its row. */
function wayToTheEnd(nodes, edges) {
  const ahead = new Map([...nodes.values()].map((node) => [node, 0]));
  const forward = edges.filter((edge) => !edge.back && !edge.source.host);
  for (let moved = true; moved;) {
    moved = false;
    for (const { source, target } of forward) {
      if (ahead.get(source) > ahead.get(target)) continue;
      ahead.set(source, ahead.get(target) + 1);
      moved = true;
    }
  }
  return ahead;
}

// routing ///

/**
 * Every edge is a walk over a grid of channels: `gap g` is the vertical strip after column g, `alley r` the horizontal
 * strip above row r. Nodes stand in neither, so a route through them cannot cross a node. Rows are walked along only
 * where their cells are empty and no foreign edge runs.
 */
function routeEdges(nodes, edges) {
  const occupied = new Map([...nodes.values()].filter((n) => !n.host).map((n) => [`${n.row}/${n.column}`, n.id]));
  const runs = new Map();
  const clear = (row, from, to, key) => {
    for (let column = from; column <= to; column++) {
      if (occupied.has(`${row}/${column}`)) return false;
      if ((runs.get(`${row}/${column}`) ?? key) !== key) return false;
    }
    return true;
  };
  const claim = (row, from, to, key) => {
    for (let column = from; column <= to; column++) runs.set(`${row}/${column}`, key);
  };
  const outCount = count(edges.map((edge) => edge.source.id));
  const inCount = count(edges.filter((edge) => !edge.back && !edge.source.host).map((edge) => edge.target.id));
  const length = (edge) =>
    Math.abs(edge.target.column - anchor(nodes, edge.source).column) * 10 +
    Math.abs(edge.target.row - anchor(nodes, edge.source).row);

  for (const edge of [...edges].sort((a, b) => length(a) - length(b))) {
    const from = anchor(nodes, edge.source);
    const to = edge.target;
    const split = `s:${edge.source.id}`;
    const merge = `t:${edge.target.id}`;
    const own = `e:${edge.id}`;
    const out = outCount.get(edge.source.id) > 1 ? split : own;
    const into = inCount.get(edge.target.id) > 1 ? merge : own;
    if (edge.back) {
      const exit = to.row > from.row ? 'bottom' : 'top';
      const entry = to.row > from.row ? 'top' : to.row < from.row ? 'bottom' : 'top';
      const leave = exit === 'bottom' ? from.row + 1 : from.row;
      const enter = entry === 'top' ? to.row : to.row + 1;
      edge.route = {
        exit,
        entry,
        steps: leave === enter ? [alley(leave, own)] : [alley(leave, own), gap(to.column, own), alley(enter, own)],
      };
      continue;
    }
    if (edge.source.host) {
      edge.route = { exit: 'bottom', entry: 'left', steps: [alley(from.row + 1, own), gap(to.column - 1, own)] };
      continue;
    }
    if (from.row === to.row && clear(from.row, from.column + 1, to.column - 1, own)) {
      claim(from.row, from.column + 1, to.column - 1, own);
      edge.route = { exit: 'right', entry: 'left', steps: [] };
      continue;
    }
    const preferLate = inCount.get(to.id) > 1 && !(outCount.get(edge.source.id) > 1);
    const gaps = [...Array(to.column - from.column).keys()].map((i) => from.column + i);
    if (preferLate) gaps.reverse();
    const free =
      from.row !== to.row &&
      gaps.find((g) => clear(from.row, from.column + 1, g, out) && clear(to.row, g + 1, to.column - 1, into));
    if (free !== undefined && free !== false) {
      claim(from.row, from.column + 1, free, out);
      claim(to.row, free + 1, to.column - 1, into);
      const key = free === from.column && out === split ? split : free === to.column - 1 ? into : own;
      edge.route = { exit: 'right', entry: 'left', steps: [gap(free, key)] };
      continue;
    }
    const via = to.row > from.row ? to.row : to.row + 1;
    edge.route = {
      exit: 'right',
      entry: 'left',
      steps: [gap(from.column, out), alley(via, own), gap(to.column - 1, into)],
    };
  }
}

const gap = (index, key) => ({ channel: 'gap', index, key });
const alley = (index, key) => ({ channel: 'alley', index, key });

/** Gives each group of edges its own track in each channel it uses. */
function assignTracks(nodes, edges) {
  const gaps = new Map();
  const alleys = new Map();
  const uses = (channels, index) => channels.get(index) ?? channels.set(index, new Map()).get(index);
  for (const edge of edges) {
    const from = anchor(nodes, edge.source);
    for (const [position, step] of edge.route.steps.entries()) {
      const tracks = uses(step.channel === 'gap' ? gaps : alleys, step.index);
      const track =
        tracks.get(step.key) ??
        tracks
          .set(step.key, { key: step.key, leaves: new Set(), enters: new Set(), span: [Infinity, -Infinity] })
          .get(step.key);
      if (step.channel === 'gap' && position === 0 && edge.route.exit === 'right') track.leaves.add(from.row);
      if (step.channel === 'gap' && position === edge.route.steps.length - 1 && edge.route.entry === 'left')
        track.enters.add(edge.target.row);
      track.span = [
        Math.min(track.span[0], from.column, edge.target.column),
        Math.max(track.span[1], from.column, edge.target.column),
      ];
    }
  }
  // A track that leaves row r must lie left of one that enters row r, else the two would touch on that row.
  for (const tracks of gaps.values()) {
    const rest = [...tracks.values()];
    for (let place = 0; rest.length > 0; place++) {
      const next = rest.findIndex(
        (track) => !rest.some((other) => other !== track && [...other.leaves].some((row) => track.enters.has(row))),
      );
      rest.splice(Math.max(0, next), 1)[0].place = place;
    }
  }
  for (const tracks of alleys.values()) {
    const placed = [];
    for (const track of tracks.values()) {
      const overlaps = (other) => other.span[0] <= track.span[1] && track.span[0] <= other.span[1];
      track.place = 0;
      while (placed.some((other) => other.place === track.place && overlaps(other))) track.place++;
      placed.push(track);
    }
  }
  return { gaps, alleys };
}

// measuring ///

const textWidth = (text) => [...text].reduce((sum, char) => sum + (char.charCodeAt(0) > 255 ? FONT : FONT * 0.58), 0);

function measure({ nodes, edges, lanes }, grid, tracks) {
  const placed = [...nodes.values()].filter((node) => !node.host);
  const columns = Math.max(...placed.map((node) => node.column)) + 1;
  const columnX = [];
  const gapX = [];
  let x = LEFT.nodes;
  for (let column = 0; column < columns; column++) {
    const inColumn = placed.filter((node) => node.column === column);
    const width = Math.max(
      ...inColumn.map((node) => Math.max(node.width, node.kind === 'task' ? 0 : Math.min(84, textWidth(node.name)))),
    );
    columnX.push({ x, width });
    x += width;
    const labels = edges
      .filter((edge) => edge.name && anchor(nodes, edge.source).column === column)
      .map((edge) => textWidth(edge.name));
    const trackCount = tracks.gaps.get(column)?.size ?? 0;
    const stems = [...nodes.values()].filter((node) => node.host && nodes.get(node.host).column === column);
    // The label of a boundary event begins a quarter of the task before its edge.
    const margin = Math.max(20, ...stems.map((node) => textWidth(node.name) - TASK.width / 4 + 16));
    gapX.push({ x: x + margin, right: x + margin + trackCount * TRACK });
    x += margin + trackCount * TRACK + Math.max(22, ...labels.map((width) => width + 14));
  }
  const rowY = [];
  const alleyY = [];
  const laneY = [];
  let y = TOP;
  for (let row = 0; row <= grid.rows; row++) {
    // Labels of boundary events hang below their host: lane lines and tracks start under them.
    const labels = [...nodes.values()].some((node) => node.host && node.name && nodes.get(node.host).row === row - 1)
      ? 26
      : 0;
    y += labels;
    const lane = grid.firstRow.indexOf(row);
    if (lane >= 0 || row === grid.rows) {
      y += row === 0 ? 0 : 14;
      laneY.push(y);
    }
    const places = [...(tracks.alleys.get(row)?.values() ?? [])].map((track) => track.place + 1);
    const named = edges.some(
      (edge) => edge.name && edge.route.steps.some((step) => step.channel === 'alley' && step.index === row),
    );
    const above = named ? FONT + 16 : 12;
    alleyY.push(y + above);
    y += above + 12 + Math.max(0, ...places) * TRACK;
    if (row < grid.rows) rowY.push(y + TASK.height / 2);
    y += row < grid.rows ? TASK.height : 0;
  }
  // Tracks below the last row still lie inside the last lane.
  laneY[lanes.length] = tracks.alleys.has(grid.rows) ? y : laneY[lanes.length];
  return { columnX, gapX, rowY, alleyY, laneY, right: x };
}

function placeNodes(nodes, edges, sizes) {
  for (const node of nodes.values()) {
    if (node.host) continue;
    const { x, width } = sizes.columnX[node.column];
    node.x = x + (width - node.width) / 2;
    node.y = sizes.rowY[node.row] - node.height / 2;
  }
  const perHost = groupBy(
    [...nodes.values()].filter((node) => node.host),
    (node) => node.host,
  );
  for (const [id, events] of perHost) {
    const host = nodes.get(id);
    // Two events stand left and right of the middle, where a loop may come in; the one with the nearer target stands right.
    const reach = (event) => edges.find((edge) => edge.source === event)?.target.row ?? 0;
    events.sort((a, b) => reach(b) - reach(a));
    events.forEach((event, index) => {
      const share = events.length === 1 ? 0.75 : index / (events.length - 1) / 2 + 0.25;
      event.x = host.x + host.width * share - event.width / 2;
      event.y = host.y + host.height - event.height / 2;
      event.side = share < 0.5 ? 'left' : 'right';
    });
  }
}

function waypoints(edge, nodes, sizes, tracks) {
  const { exit, entry, steps } = edge.route;
  const points = [port(edge.source, exit)];
  for (const step of steps) {
    const last = points.at(-1);
    const channel = step.channel === 'gap' ? tracks.gaps : tracks.alleys;
    const { place } = channel.get(step.index).get(step.key);
    if (step.channel === 'gap') points.push([sizes.gapX[step.index].x + place * TRACK, last[1]]);
    else points.push([last[0], sizes.alleyY[step.index] + place * TRACK]);
  }
  const end = port(edge.target, entry);
  const last = points.at(-1);
  if (entry === 'left') points.push([last[0], end[1]]);
  else points.push([end[0], last[1]]);
  points.push(end);
  return points.filter(
    (point, index) => index === 0 || point[0] !== points[index - 1][0] || point[1] !== points[index - 1][1],
  );
}

function port(node, side) {
  const middle = [node.x + node.width / 2, node.y + node.height / 2];
  if (side === 'right') return [node.x + node.width, middle[1]];
  if (side === 'left') return [node.x, middle[1]];
  return [middle[0], side === 'top' ? node.y : node.y + node.height];
}

// writing ///

function draw(model) {
  const { nodes, edges, lanes, pool } = model;
  markBackEdges(nodes, edges);
  placeInColumns(nodes, edges);
  const grid = placeInRows(nodes, edges, lanes.length);
  routeEdges(nodes, edges);
  const tracks = assignTracks(nodes, edges);
  const sizes = measure(model, grid, tracks);
  placeNodes(nodes, edges, sizes);

  const bottom = sizes.laneY[lanes.length];
  const out = [
    '  <bpmndi:BPMNDiagram id="Diagram">',
    `    <bpmndi:BPMNPlane id="Plane" bpmnElement="${model.collaboration}">`,
    shape(
      pool.id,
      { x: LEFT.pool, y: TOP, width: sizes.right - LEFT.pool, height: bottom - TOP },
      ' isHorizontal="true"',
    ),
  ];
  lanes.forEach((lane, index) => {
    const y = sizes.laneY[index];
    out.push(
      shape(
        lane.id,
        { x: LEFT.lane, y, width: sizes.right - LEFT.lane, height: sizes.laneY[index + 1] - y },
        ' isHorizontal="true"',
      ),
    );
  });
  for (const node of nodes.values()) {
    const marker = node.kind === 'gateway' ? ' isMarkerVisible="true"' : '';
    out.push(shape(node.id, node, marker, node.kind === 'task' || !node.name ? undefined : nodeLabel(node, edges)));
  }
  for (const edge of edges) {
    const points = waypoints(edge, nodes, sizes, tracks);
    out.push(`      <bpmndi:BPMNEdge id="${edge.id}_di" bpmnElement="${edge.id}">`);
    for (const [x, y] of points) out.push(`        <di:waypoint x="${round(x)}" y="${round(y)}" />`);
    if (edge.name) out.push(label(edgeLabel(edge, nodes, points, sizes)));
    out.push('      </bpmndi:BPMNEdge>');
  }
  out.push('    </bpmndi:BPMNPlane>', '  </bpmndi:BPMNDiagram>');
  return out.join('\n');
}

function shape(id, { x, y, width, height }, attributes = '', labelBounds) {
  const bounds = `        <dc:Bounds x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" />`;
  return [
    `      <bpmndi:BPMNShape id="${id}_di" bpmnElement="${id}"${attributes}>`,
    bounds,
    ...(labelBounds ? [label(labelBounds)] : []),
    '      </bpmndi:BPMNShape>',
  ].join('\n');
}

function label({ x, y, width, height }) {
  return `        <bpmndi:BPMNLabel>\n          <dc:Bounds x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" />\n        </bpmndi:BPMNLabel>`;
}

/**
 * Under an event; above a gateway, whose edges leave to the side, unless a loop comes in there; beside the stem of a
 * boundary event.
 */
function nodeLabel(node, edges) {
  const width = Math.min(84, textWidth(node.name) + 4);
  const height = Math.ceil(textWidth(node.name) / 84) * (FONT + 2);
  const middle = node.x + node.width / 2;
  const below = { x: middle - width / 2, y: node.y + node.height + 3, width, height };
  if (node.host) return { ...below, x: node.side === 'left' ? middle - width - 4 : middle + 4 };
  const entered = edges.some((edge) => edge.target === node && edge.route.entry === 'top');
  return node.kind === 'gateway' && !entered ? { ...below, y: node.y - height - 3 } : below;
}

/** Right after the edge has left the trunk it shares with its siblings, where the gap was made wide enough for it. */
function edgeLabel(edge, nodes, points, sizes) {
  const size = { width: textWidth(edge.name) + 4, height: FONT + 2 };
  const [first, second] = edge.route.steps;
  const level =
    second?.channel === 'alley' ? points[2][1] : first?.channel === 'alley' ? points[1][1] : points.at(-1)[1];
  return { x: sizes.gapX[anchor(nodes, edge.source).column].right - 4, y: level - FONT - 6, ...size };
}

function count(ids) {
  const counts = new Map();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}

function round(value) {
  return Math.round(value);
}

function groupBy(items, keyOf) {
  const groups = new Map();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

// running ///

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [input, output = input] = process.argv.slice(2);
  if (input) await writeFile(output, await layout(await readFile(input, 'utf8')));
  else {
    console.error('Usage: node scripts/layout-lanes.mjs <process.bpmn> [<out.bpmn>]');
    process.exitCode = 2;
  }
}
