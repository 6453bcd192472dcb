/** The jobs of customers, approvers and vendors, on their own pages. */
import { expect, test, type Page } from "@playwright/test";
import { doAll, enter, placed, sees, sends, sendsBy, taps, types, type Step, type Task } from "./tasks";

const card = (title: string) => (page: Page) => page.locator("section").filter({ has: page.getByRole("heading", { name: title }) });
const inCard = (title: string, name: string) => (page: Page) => card(title)(page).getByRole("button", { name, exact: true });
const waits = (title: string) => (page: Page) => card("等您处理")(page).getByRole("link", { name: title });

const CUSTOMER: Task[] = [
  { job: "my tickets and promises", at: "/my", most: [0, 3], way: [sees((page) => card("全部工单")(page).locator("li .due"))] },
  { job: "grant_remote", at: "/my/{granted}", most: [3, 15], way: [taps(inCard("答复远程授权", "授权远程")), sendsBy("授权远程")] },
  { job: "confirm", at: "/my/{confirmed}", most: [2, 5], way: [taps(inCard("确认解决", "确认解决")), sendsBy("确认解决")] },
  { job: "reject", at: "/my/{rejected}", most: [2, 20], way: [taps(inCard("确认解决", "不认可办结")), types("打印仍然是乱码"), sends("不认可办结")] },
  { job: "agree_part", at: "/my/{replaced}", most: [2, 10], way: [taps(inCard("同意换件", "同意换件")), types("同意更换"), sends("同意换件")] },
  { job: "agree_change", at: "/my/{changed}", most: [2, 10], way: [taps(inCard("同意变更", "同意变更")), types("同意升级"), sends("同意变更")] },
];

/** By a link that only its holder has, as it opens on a phone. */
const byLink =
  (address: () => Promise<string>, button: string): Step =>
  async (job, page) => {
    const { pathname } = new URL(await address());
    await page.goto(pathname);
    await job.tap(page.getByLabel("您的意见"));
    await types("同意今晚执行")(job, page);
    await job.tap(page.getByRole("button", { name: button, exact: true }));
    await expect(page.getByRole("heading", { level: 1 })).toContainText("您已");
  };

const APPROVER: Task[] = [
  { job: "what waits for an approver", at: "/my", most: [0, 3], way: [sees(waits("主控板反复重启"))] },
  { job: "open an attachment", at: "/my/{approved}", most: [1, 5], way: [async (job, page) => {
    const [opened] = await Promise.all([page.waitForEvent("popup"), job.tap(page.getByRole("link", { name: "主控板.jpg" }).first())]);
    await opened.close();
  }] },
  { job: "link for my phone", at: "/my/{approved}", most: [2, 5], way: [taps((page) => page.getByRole("button", { name: "在手机上继续" })), sees((page) => page.locator(".handed .address"))] },
];

const VENDOR: Task[] = [
  { job: "what waits for a vendor", at: "/my", most: [0, 3], way: [sees((page) => page.getByRole("link", { name: "机柜电源告警" }))] },
  { job: "note of a vendor", at: "/my/{vendored}", most: [2, 20], way: [taps(inCard("其他操作", "留言")), types("备件已发出，单号见附件"), sends("留言")] },
  { job: "close_vendor_case", at: "/my/{vendored}", most: [2, 20], way: [taps(inCard("厂家协办", "结束厂家协办")), types("已寄出新电源，随附保修单"), sends("结束厂家协办")] },
];

for (const [user, tasks] of Object.entries({ customer: CUSTOMER, vendor: VENDOR })) {
  test(`the jobs of ${user}, in keys and in seconds`, async ({ browser }) => doAll(await enter(browser, user), tasks));
}

test("the jobs of an approver, in keys and in seconds, on their own page and by link", async ({ browser, baseURL }) => {
  const page = await enter(browser, "tech");
  const { csrf } = (await (await page.request.get("/api/session")).json()) as { csrf: string };
  const link = async (key: string) => {
    const made = await page.request.post(placed(`/api/tickets/{${key}}/approval-link`), { data: {}, headers: { "X-CSRF-Token": csrf, Origin: baseURL ?? "" } });
    return ((await made.json()) as { url: string }).url;
  };
  await doAll(page, [
    ...APPROVER,
    { job: "agree by link", most: [1, 60], takes: 2, way: [byLink(() => link("approved"), "同意")] },
    { job: "refuse by link", most: [1, 60], takes: 2, way: [byLink(() => link("refused"), "不同意")] },
  ]);
});
