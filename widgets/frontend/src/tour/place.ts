// Where the guide's card goes: beside what it talks about, never over it.

export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

const GAP = 14;
const EDGE = 12;

/** The card's corner inside `room`, overlapping none of `keepClear` where that is possible, else as little as can be. */
export function placeFor(card: { width: number; height: number }, target: Box, keepClear: Box[], room: Box): Box {
  const mid = target.left + target.width / 2 - card.width / 2;
  const right = room.left + room.width - card.width - EDGE;
  const low = room.top + room.height - card.height - EDGE;
  const within = (left: number, top: number): Box => ({
    left: clamp(left, room.left + EDGE, right),
    top: clamp(top, room.top + EDGE, low),
    ...card,
  });
  const places = [
    within(mid, target.top + target.height + GAP),
    within(mid, target.top - card.height - GAP),
    within(target.left + target.width + GAP, target.top),
    within(target.left - card.width - GAP, target.top),
    within(right, low),
    within(room.left, low),
    within(right, room.top),
    within(room.left, room.top),
  ];
  const cost = (place: Box): number =>
    3 * overlap(place, target) + keepClear.reduce((sum, box) => sum + overlap(place, box), 0);
  return places.reduce((best, place) => (cost(place) < cost(best) ? place : best));
}

export function overlap(a: Box, b: Box): number {
  const width = Math.min(a.left + a.width, b.left + b.width) - Math.max(a.left, b.left);
  const height = Math.min(a.top + a.height, b.top + b.height) - Math.max(a.top, b.top);
  return width > 0 && height > 0 ? width * height : 0;
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most));
}
