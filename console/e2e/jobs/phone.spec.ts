/** The jobs of an engineer on the phone's page. */
import { expect, test, type Page } from "@playwright/test";
import { doAll, enter, sees, taps, types, type Step, type Task } from "./tasks";

const TITLE = "机房断电后系统不能启动";
const PHOTO = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGP4z8AARAwQCgAf7gP9i18U1AAAAABJRU5ErkJggg==", "base64");
const act = (name: string) => (page: Page) => page.locator(".steps button").filter({ hasText: name });
const named = (name: string) => (page: Page) => page.getByRole("button", { name, exact: true });

const records =
  (name: string): Step =>
  async (job, page) => {
    await job.endsAt(named(`记录${name}`)(page));
    await expect(page.getByText("没有待发").first()).toBeVisible();
  };

/** A finger's line across the frame. */
const signs: Step = async (job, page) => {
  const frame = page.locator("canvas");
  await frame.scrollIntoViewIfNeeded();
  const box = await frame.boundingBox();
  if (box === null) throw new Error("no frame");
  job.tapped(1);
  await page.mouse.move(box.x + 20, box.y + 40);
  await page.mouse.down();
  await page.mouse.move(box.x + 120, box.y + 60, { steps: 6 });
  await page.mouse.up();
};

const photographs: Step = async (job, page) => {
  const [camera] = await Promise.all([page.waitForEvent("filechooser"), job.tap(page.getByText("拍照", { exact: true }))]);
  await camera.setFiles({ name: "a.png", mimeType: "image/png", buffer: PHOTO });
  await expect(page.locator(".pictures img")).toBeVisible();
};

const ENGINEER: Task[] = [
  { job: "my next job", most: [0, 2], way: [sees((page) => page.getByRole("link", { name: new RegExp(TITLE) }))] },
  { job: "depart", at: "/m/t/{visited}", most: [1, 3], way: [taps(act("出发")), sees((page) => page.getByText("待发 1 项")), sees((page) => page.getByText("没有待发"))] },
  { job: "arrive with a photo", most: [3, 15], way: [taps((page) => page.getByRole("link", { name: "加照片、说明或改时间" })), photographs, records("到达现场")] },
  { job: "end_visit with log and signature", most: [5, 60], way: [
    taps(act("离开现场")), taps((page) => page.getByLabel(/现场处理情况/)), types("更换了电源模块"),
    taps((page) => page.getByLabel("签名人姓名")), types("刘雅琴"), signs, records("离开现场"),
  ] },
  { job: "resolve", most: [2, 30], way: [taps(act("办结")), types("更换电源模块后恢复运行"), records("办结")] },
];

test("the jobs of an engineer on the phone, in taps and in seconds", async ({ browser }) =>
  doAll(await enter(browser, "engineer", { viewport: { width: 360, height: 740 }, hasTouch: true }, "/m/"), ENGINEER, true));
