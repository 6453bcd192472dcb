/** The jobs of the service company at a desk, beside the hotline's: none takes more keys and seconds than are allowed. */
import { expect, test, type Page } from "@playwright/test";
import { act, chooses, doAll, enter, next, placed, press, sees, sends, taps, types, type Task } from "./tasks";

const panel = (title: string) => (page: Page) =>
  page.locator(".few").filter({ has: page.getByRole("heading", { name: title }) }).getByRole("listitem");
const toolbar = (name: string) => (page: Page) => page.getByRole("toolbar").getByRole("button", { name });

const ENGINEER: Task[] = [
  { job: "classify", at: "/tickets/{unclassified}", most: [3, 10], way: [act("定级"), chooses("C级"), sends("定级")] },
  { job: "request_remote", at: "/tickets/{remote}", most: [3, 20], way: [act("申请远程授权"), types("报表库只读登录"), next(), types("查看执行计划，不改数据"), sends("申请远程授权")] },
  { job: "start_remote", at: "/tickets/{session}", most: [2, 5], way: [act("开始远程"), types("登录报表库"), sends("开始远程")] },
  { job: "end_remote", most: [2, 5], way: [act("结束远程"), types("已退出登录"), sends("结束远程")] },
  { job: "write_log with a step", at: "/tickets/{worked}", most: [3, 20], way: [act("填写服务日志"), types("更换了故障的电源模块"), chooses("故障修复"), sends("填写服务日志")] },
  { job: "why this time", most: [1, 2], way: [press("w"), sees((page) => page.locator(".promises li:has([aria-expanded=true]) p"))] },
];

const MANAGER: Task[] = [
  { job: "breaching, breached, waiting for approval", at: "/", most: [0, 2], way: [sees(panel("已超时")), sees(panel("30 分钟内到期")), sees(panel("待客户审批"))] },
  { job: "reassign", at: "/tickets/{worked}", most: [3, 8], takes: 4, way: [act("改派"), chooses("王海涛"), next(), types("换人接手"), sends("改派")] },
  { job: "20 tickets at once", at: "/", most: [6, 30], way: [
    press("/"), types(placed("{many}")), next("Enter"),
    async (_, page) => expect(page.getByRole("grid")).toHaveAttribute("aria-rowcount", "21"),
    taps((page) => page.getByRole("button", { name: "选择全部" })), taps(toolbar("备注")),
    types("今晚统一停机检修"), sends("备注"),
    (_, page) => expect(page.getByText("已受理 20，未受理 0，未提交 0")).toBeVisible(),
  ] },
  { job: "apply_major", at: "/tickets/{applying}", most: [3, 90], takes: 4, way: [
    act("重大问题服务申请"), types("更换主控板"), next(), types("今晚切换到备机后更换主控板"), next(), types("中断约 10 分钟"), sends("重大问题服务申请"),
  ] },
  { job: "close", at: "/tickets/{closing}", most: [2, 5], way: [act("关闭"), sends("关闭")] },
  { job: "read what a close lacks", at: "/tickets/{unclassified}", most: [2, 5], way: [taps((page) => page.getByText(/^暂不可办/)), sees((page) => page.locator(".acts .not li").filter({ hasText: /^关闭/ }))] },
];

const EXPERT: Task[] = [
  { job: "what waits for an expert", at: "/", most: [0, 3], way: [sees(panel("待会诊"))] },
  { job: "diagnose", at: "/tickets/{consulted}", most: [3, 30], way: [act("出具诊断"), types("主控板电容老化，上电后复位"), sends("出具诊断")] },
  { job: "note", most: [2, 20], way: [press("m"), types("已看过日志"), sends("备注")] },
  { job: "conclude_consultation", most: [3, 60], way: [act("会诊结论"), types("更换主控板，旧板留作分析"), sends("会诊结论")] },
];

const SUPERVISOR: Task[] = [
  { job: "surveys due", at: "/", most: [0, 3], way: [sees(panel("待回访"))] },
  { job: "record_survey", at: "/tickets/{surveyed}", most: [4, 30], way: [act("记录回访"), types("客户说修得很快"), chooses("非常满意"), sends("记录回访")] },
];

const STOCK: Task[] = [
  { job: "parts waiting", at: "/", most: [0, 3], way: [sees(panel("等备件"))] },
  ...(["核对型号", "预留备件", "备件到货", "收回代用设备"] as const).map((name, place): Task => ({
    job: ["verify_part", "reserve_part", "part_arrived", "return_substitute"][place] ?? "",
    at: "/tickets/{part}",
    most: [2, 5],
    way: [act(name), types("型号与铭牌一致"), sends(name)],
  })),
];

for (const [user, tasks] of Object.entries({ engineer: ENGINEER, pm: MANAGER, expert: EXPERT, supervisor: SUPERVISOR, stock: STOCK })) {
  test(`the jobs of ${user} at a desk, in keys and in seconds`, async ({ browser }) => doAll(await enter(browser, user), tasks));
}
