/** The jobs of those who look after records: the auditor and the administrator. */
import { expect, test, type Page } from "@playwright/test";
import { doAll, enter, next, placed, press, sees, taps, types, type Step, type Task } from "./tasks";

const CLOSED = "演示门店收银台死机";
const button = (name: string) => (page: Page) => page.getByRole("button", { name, exact: true });
const row = (page: Page) => page.getByRole("row").filter({ hasText: CLOSED });

/** What comes down when it is tapped. */
const fetches =
  (name: string): Step =>
  async (job, page) => {
    const [taken] = await Promise.all([page.waitForEvent("download"), job.tap(button(name)(page))]);
    await taken.cancel();
  };

const AUDITOR: Task[] = [
  { job: "find a closed ticket", at: "/audit", most: [2, 10], way: [taps((page) => page.getByRole("searchbox", { name: "搜索" })), types(CLOSED), (_, page) => expect(page).toHaveURL(/text=/), sees(row)] },
  { job: "read its timeline", most: [1, 5], way: [taps((page) => row(page).getByRole("link")), sees((page) => page.getByRole("link", { name: "第 1 条", exact: true }))] },
  { job: "verdict", most: [1, 5], way: [taps(button("开始核验")), sees((page) => page.getByRole("status").filter({ hasText: "全部成立" }))] },
  { job: "bundle", most: [1, 5], way: [fetches("下载证据包")] },
  { job: "what-if", most: [3, 20], way: [
    taps((page) => page.getByRole("link", { name: "换合同推演" })),
    (job, page) => job.choose(page.getByLabel("换成合同包"), "nuobida"),
    sees((page) => page.getByRole("table", { name: "合计" })),
  ] },
];

const table = { name: "people.csv", mimeType: "text/csv", buffer: Buffer.from("登录名,姓名,角色\nok-1,甲,热线\n") };

const ADMINISTRATOR: Task[] = [
  { job: "add a person", at: "/people", most: [3, 60], takes: 6, way: [
    taps(button("新增")), types(placed("new-{leaver}")), next(), types("新人"), next(), press("ArrowDown"), next("ArrowDown"),
    (job, page) => job.endsAt(page.getByRole("region", { name: "新增人员" }).getByRole("button", { name: "新增" })),
    (_, page) => expect(page).toHaveURL(/\/people\/new-/),
  ] },
  { job: "deactivate a person", at: "/people?text={leaver}", most: [3, 10], way: [
    taps((page) => page.getByRole("link", { name: placed("{leaver}") })), taps(button("停用账号")),
    (job, page) => job.endsAt(button("停用这个账号")(page)), sees(button("重新启用")),
  ] },
  { job: "put on duty", at: "/roster?duty=expert&week=2044-03-07", most: [4, 20], way: [
    taps(button("排班")), (job, page) => job.choose(page.getByLabel(/^值班人/), "expert"),
    (job, page) => job.endsAt(button("排上")(page)), sees((page) => page.getByRole("button", { name: /^撤下/ })),
  ] },
  { job: "check a table before import", at: "/people", most: [3, 60], way: [
    taps(button("导入")),
    async (job, page) => {
      const [chooser] = await Promise.all([page.waitForEvent("filechooser"), job.tap(page.getByLabel(/^表格文件/))]);
      job.tapped(1); // the file, in the system's own window
      await chooser.setFiles(table);
    },
    sees((page) => page.getByText("检查通过，共 1 行")),
  ] },
  { job: "due time of a case", at: "/packs", most: [5, 30], way: [
    taps((page) => page.getByRole("link", { name: "思特奇售后服务保障体系" })),
    (job, page) => job.choose(page.getByRole("combobox", { name: "级别" }), "C"),
    async (job, page) => {
      await job.tap(page.getByLabel("受理时间"));
      await page.getByLabel("受理时间").fill("2026-02-13T23:00");
    },
    sees((page) => page.locator(".working-out").getByText("02-14 05:00 前")),
  ] },
];

for (const [user, tasks] of Object.entries({ auditor: AUDITOR, admin: ADMINISTRATOR })) {
  test(`the jobs of ${user}, in keys and in seconds`, async ({ browser }) => doAll(await enter(browser, user), tasks));
}
