import { expect, it } from "vitest";
import { bare, plainly } from "./plain";

it("leaves out what programs would send, and nothing that people say", () => {
  expect(plainly("没有有效的远程授权：先申请（request_remote），由客户授权（grant_remote）。")).toBe(
    "没有有效的远程授权：先申请，由客户授权。",
  );
  expect(plainly("请先把性质改为预约（classify，nature=booking）。")).toBe("请先把性质改为预约。");
  expect(plainly("Classify the ticket first (classify).")).toBe("Classify the ticket first.");
  expect(plainly("I 级（重大）须审批（16:00 前）。")).toBe("I 级（重大）须审批（16:00 前）。");
});

it("has no article in a list", () => {
  expect([bare("the project manager"), bare("an engineer"), bare("值班经理"), bare("another")]).toEqual([
    "project manager",
    "engineer",
    "值班经理",
    "another",
  ]);
});
