import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiProblem, NoAnswer } from "@shared/api/problems";
import { bringing, meaningOf, type Attachment, type Post } from "./bringing";
import { asJpeg, sizeSaid, typeOf } from "./kinds";
import { fitted } from "./shrink";

const there = { id: "a".repeat(32), name: "现场.jpg" } as Attachment;
const file = (name = "现场.jpg", type = "image/jpeg", size = 9) => new File([new Uint8Array(size)], name, { type });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("a file on its way", () => {
  it("is sent again under the same key until somebody says what became of it", async () => {
    const keys: string[] = [];
    const post: Post = (_, key) => {
      keys.push(key);
      if (keys.length === 1) return Promise.reject(new NoAnswer("lost"));
      if (keys.length === 2) return Promise.reject(new ApiProblem(503, { detail: "忙" }, 5));
      return Promise.resolve(there);
    };
    const told: Attachment[] = [];
    const keeper = bringing("6X792M25", post);
    keeper.heed((attachment) => void told.push(attachment));
    keeper.add([file()]);
    await vi.advanceTimersByTimeAsync(0);
    expect(keeper.now()[0]?.fate.is).toBe("waiting");
    await vi.advanceTimersByTimeAsync(1000);
    expect(keeper.now()[0]?.fate).toMatchObject({ is: "waiting", says: "忙" });
    await vi.advanceTimersByTimeAsync(5000);
    expect(new Set(keys).size).toBe(1);
    expect(keys).toHaveLength(3);
    expect(told).toEqual([there]);
  });

  it("that is removed is not sent again", async () => {
    const post = vi.fn<Post>(() => Promise.reject(new NoAnswer("lost")));
    const keeper = bringing("6X792M25", post);
    keeper.add([file()]);
    await vi.advanceTimersByTimeAsync(0);
    keeper.forget(keeper.now()[0]?.key ?? "");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(post).toHaveBeenCalledTimes(1);
    expect(keeper.now()).toEqual([]);
  });

  it("of no kind that is taken, or with nothing in it, never leaves", async () => {
    const post = vi.fn<Post>(() => Promise.resolve(there));
    const keeper = bringing("6X792M25", post);
    keeper.add([file("a.exe", "application/x-msdownload"), file("空.txt", "text/plain", 0)]);
    await vi.advanceTimersByTimeAsync(0);
    expect(keeper.now().map(({ fate }) => fate)).toEqual([
      { is: "refused", why: { ours: "kind" } },
      { is: "refused", why: { ours: "empty" } },
    ]);
    expect(post).not.toHaveBeenCalled();
  });
});

describe("an answer", () => {
  it.each([
    [new ApiProblem(409, { detail: "已达上限" }), { why: { says: "已达上限" } }],
    [new ApiProblem(422, { errors: [{ field: "Content-Type", message: "不是图片" }] as never }), { why: { says: "不是图片" } }],
    [new ApiProblem(413, {}), { why: { ours: "tooLarge", size: "25 MB" } }],
    [new ApiProblem(403, { detail: "无权" }), { why: { says: "无权" } }],
    [new ApiProblem(401, { detail: "请登录" }), { afterS: 4, says: "请登录" }],
    [new ApiProblem(429, { detail: "太快" }, 17), { afterS: 17, says: "太快" }],
    [new NoAnswer("network"), { afterS: 4 }],
  ])("of %s means that", (error, meaning) => {
    expect(meaningOf(error, 2, 25_000_000)).toEqual(meaning);
  });
});

describe("a kind of file", () => {
  it.each([
    ["a.jpg", "image/jpeg", "image/jpeg"],
    ["截图.PNG", "", "image/png"],
    ["app.log", "", "text/plain"],
    ["a.jpg", "image/jpg", "image/jpeg"],
    ["页面.html", "text/html", undefined],
    ["无名", "", undefined],
  ])("%s of %s is brought as %s", (name, type, as) => {
    expect(typeOf({ name, type })).toBe(as);
  });

  it("has a size and a name that people read", () => {
    expect([0, 999, 1500, 412_300, 20_971_520].map(sizeSaid)).toEqual(["0 B", "999 B", "1.5 kB", "412 kB", "21 MB"]);
    expect(["截图.png", "a.JPG", "b.jpeg", "IMG.HEIC"].map(asJpeg)).toEqual(["截图.jpg", "a.JPG", "b.jpeg", "IMG.jpg"]);
  });

  it("is drawn no larger than it is, and in its proportions", () => {
    expect([fitted(4000, 3000, 1), fitted(3000, 4000, 0.5), fitted(100, 50, 1), fitted(20_000, 1, 1)]).toEqual([
      [1600, 1200],
      [600, 800],
      [100, 50],
      [1600, 1],
    ]);
  });
});
