/** How wide a chart may be: as wide as its place. */

import { type RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

export function useWidth(least = 280): [RefObject<HTMLDivElement | null>, number] {
  const ref = useRef<HTMLDivElement>(null);
  const [width, set] = useState(720);
  useEffect(() => {
    const watch = new ResizeObserver(([entry]) => entry && set(Math.max(least, Math.floor(entry.contentRect.width))));
    if (ref.current) watch.observe(ref.current);
    return () => watch.disconnect();
  }, [least]);
  return [ref, width];
}
