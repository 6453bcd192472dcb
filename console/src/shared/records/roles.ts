/** Everybody's role but the system's. */
import type { components } from "@shared/api/schema";

export const ROLES: components["schemas"]["PersonDocument"]["role"][] = [
  "hotline",
  "engineer",
  "project_manager",
  "duty_manager",
  "expert",
  "supervisor",
  "stock_keeper",
  "leader",
  "commercial",
  "customer_contact",
  "customer_approver",
  "vendor",
  "auditor",
  "administrator",
];
