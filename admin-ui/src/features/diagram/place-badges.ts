export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Size {
  width: number;
  height: number;
}

/** A badge that needs a place at its element, and the sizes it has with its words and as a sign alone. */
export interface Unplaced {
  at: Box;
  isConnection: boolean;
  full: Size;
  sign: Size;
}

export interface Place {
  /** From the upper left corner of the element's box. */
  left: number;
  top: number;
  /** There is no room for the words. */
  short: boolean;
}

/** Events and gateways: their sign is in the middle and their name below. */
const smallest = 60;

/** Words that are much wider than their element could belong to any of its neighbours. */
const widest = ({ at }: Unplaced): number => Math.max(at.width * 1.8, 130);

/**
 * Puts each badge where it covers neither another element nor an earlier badge and does not leave the `sheet`: with its
 * words if they fit anywhere at its element, else as a sign, which may cover a neighbour where they stand close. All
 * lengths are those of the drawing.
 */
export function placeBadges(badges: readonly Unplaced[], obstacles: readonly Box[], sheet: Box): Place[] {
  const taken: Box[] = [];
  return badges.map((badge) => {
    const others = obstacles.filter((box) => box !== badge.at);
    const isApart = (box: Box): boolean => contains(sheet, box) && !taken.some((other) => overlap(box, other));
    const isFree = (box: Box): boolean => isApart(box) && !others.some((other) => overlap(box, other));
    const wordy = badge.full.width > widest(badge) ? [] : spots(badge, badge.full);
    const short = [...spots(badge, badge.sign), middleOf(badge.at, badge.sign)];
    const spot = wordy.find(isFree) ?? short.find(isFree) ?? short.find(isApart) ?? short[0]!;
    taken.push(spot);
    return { left: spot.x - badge.at.x, top: spot.y - badge.at.y, short: !wordy.includes(spot) };
  });
}

/** The best spot first. A badge leans over the edge of its element, so that it is seen to belong to it. */
function spots({ at, isConnection }: Unplaced, size: Size): Box[] {
  if (isConnection) return [middleOf(at, size)];
  const lean = at.width < smallest ? at.height / 6 : 10;
  const left = at.x - 4;
  const right = at.x + at.width + 4 - size.width;
  const above = at.y + lean - size.height;
  const below = at.y + at.height - lean;
  const lines = at.width < smallest ? [above, below] : [below, above];
  return lines.flatMap((y) => [
    { x: left, y, ...size },
    { x: right, y, ...size },
  ]);
}

function middleOf({ x, y, width, height }: Box, size: Size): Box {
  return { x: x + (width - size.width) / 2, y: y + (height - size.height) / 2, ...size };
}

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function contains(sheet: Box, box: Box): boolean {
  const right = box.x + box.width <= sheet.x + sheet.width;
  const below = box.y + box.height <= sheet.y + sheet.height;
  return box.x >= sheet.x && box.y >= sheet.y && right && below;
}
