import { expect } from "@playwright/test";
import { expectFit, person, signIn } from "../desk";
import { numberOf, outbox, picture, timeline, test } from "./phone";

const CALLED = "核心网全部中断，没有人接";

test.describe("called", () => {
  test("at night, somebody sees for what, and has it with one tap, also where the line is gone", async ({ phone, wire }) => {
    const page = await phone.on({ colorScheme: "dark" });
    await page.goto(`${wire.address}/m/`);
    await signIn(page, person("engineer"));
    const calls = page.getByRole("region", { name: /呼叫您/ });
    const call = calls.getByRole("article").filter({ hasText: CALLED });
    await expect(call).toContainText("请接单");
    await expectFit(page);
    await picture(page, "called-dark");
    // It is nobody's yet, and so not among theirs; to look at it takes it from nobody's sight.
    await expect(page.getByRole("list").getByRole("link", { name: new RegExp(CALLED) })).toHaveCount(0);
    await call.getByRole("link", { name: "打开工单" }).click();
    await expect(page.getByRole("heading", { level: 1, name: CALLED })).toBeVisible();
    await expect(calls.getByRole("button", { name: "认领呼叫" })).toBeVisible();
    const number = numberOf(page);
    await wire.cut();
    await calls.getByRole("button", { name: "认领呼叫" }).click();
    await expect(calls).toContainText("认领已存在手机里");
    await expect(outbox(page, "待发 1 项")).toBeVisible();
    await wire.join();
    await page.evaluate(() => void dispatchEvent(new Event("online")));
    await expect(outbox(page, "没有待发")).toBeVisible();
    await expect(calls).toHaveCount(0);
    const told = await timeline(page, number);
    expect(told.filter(({ happening }) => happening === "acknowledged").map(({ actor }) => actor.id)).toEqual(["engineer"]);
  });

  test("a report that was refused is put right and sent again, and what else was begun stays", async ({ phone, wire }) => {
    const page = await phone.on();
    await page.goto(`${wire.address}/m/`);
    await signIn(page, person("engineer"));
    await page.getByRole("link", { name: "接到来电" }).click();
    await page.getByLabel("来电号码").fill("13900000302");
    await page.getByLabel("联系人").fill("钱工");
    await page.getByLabel("客户").fill("没有登记过的单位");
    await page.getByLabel(/合同/).selectOption("sitech");
    await page.getByLabel("什么故障").fill("电梯间的交换机掉电");
    // A slip of the finger: the year before. What is still to come is asked for again before it is sent.
    await page.getByLabel("来电时间").fill(new Date(Date.now() - 365 * 86_400_000).toISOString().slice(0, 16));
    await page.getByRole("button", { name: "记录来电" }).click();
    await outbox(page, "待发 1 项").click();
    const refused = page.getByRole("listitem").filter({ hasText: "接到来电" });
    await expect(refused.getByRole("alert")).toContainText("来电时间：不能早于 31 天前");
    // Sent again as it was it is the same report, and refused once more.
    await refused.getByRole("button", { name: "原样重发" }).click();
    await expect(refused.getByRole("alert")).toContainText("来电时间：不能早于 31 天前");
    await expect(page.getByRole("heading", { name: "新报障" })).toBeVisible();
    await picture(page, "report-refused");
    // Meanwhile another call comes in, and is begun.
    await page.getByRole("link", { name: /我的工单/ }).click();
    await page.getByRole("link", { name: "接到来电" }).click();
    await page.getByLabel("来电号码").fill("13900000303");
    await outbox(page, "待发 1 项").click();
    await refused.getByRole("button", { name: "修改后重发" }).click();
    await expect(page.getByLabel("客户")).toHaveValue("没有登记过的单位");
    await expect(page.getByLabel("什么故障")).toHaveValue("电梯间的交换机掉电");
    await page.getByLabel("来电时间").fill("");
    await page.getByRole("button", { name: "记录来电" }).click();
    await expect(outbox(page, "没有待发")).toBeVisible();
    const found = await page.request.get(`${wire.address}/api/tickets?text=${encodeURIComponent("电梯间的交换机")}`);
    expect(((await found.json()) as { items: object[] }).items).toHaveLength(1);
    await page.getByRole("link", { name: /我的工单/ }).click();
    await page.getByRole("link", { name: "接到来电" }).click();
    await expect(page.getByLabel("来电号码")).toHaveValue("13900000303");
  });
});
