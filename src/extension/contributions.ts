/** Everything that this extension contributes to VS Code, declared once; a test holds it against package.json. */

export const commands = {
  openChat: 'tokenfare.openChat',
  newChat: 'tokenfare.newChat',
  chatHistory: 'tokenfare.chatHistory',
  renameChat: 'tokenfare.renameChat',
  pinChat: 'tokenfare.pinChat',
  exportChat: 'tokenfare.exportChat',
  deleteChat: 'tokenfare.deleteChat',
  addSelectionToChat: 'tokenfare.addSelectionToChat',
  addToChat: 'tokenfare.addToChat',
  freeEdit: 'tokenfare.freeEdit',
  rollBack: 'tokenfare.rollBack',
  addToBatch: 'tokenfare.addToBatch',
  sendBatch: 'tokenfare.sendBatch',
  rollBackLast: 'tokenfare.rollBackLast',
  redoRollback: 'tokenfare.redoRollback',
  reviewChanges: 'tokenfare.reviewChanges',
  allowedCommands: 'tokenfare.allowedCommands',
  promptingGuide: 'tokenfare.promptingGuide',
  showBalance: 'tokenfare.showBalance',
  openAccount: 'tokenfare.openAccount',
  upgradePlan: 'tokenfare.upgradePlan',
  changePlan: 'tokenfare.changePlan',
  setMonthlyBudget: 'tokenfare.setMonthlyBudget',
  requestRefund: 'tokenfare.requestRefund',
  chooseModel: 'tokenfare.chooseModel',
  publishApp: 'tokenfare.publishApp',
  exportCode: 'tokenfare.exportCode',
  signIn: 'tokenfare.signIn',
  signOut: 'tokenfare.signOut',
  showLog: 'tokenfare.showLog',
} as const;

export type CommandId = (typeof commands)[keyof typeof commands];

export const views = {
  container: 'tokenfare',
  chat: 'tokenfare.chat',
} as const;

/** Pages in the editor area. They are made when they are asked for, so that package.json has none of them. */
export const pages = {
  review: 'tokenfare.review',
  account: 'tokenfare.account',
} as const;

/** Who signs people in, as VS Code's Accounts menu names it. */
export const authentication = 'tokenfare';

export const settings = {
  serverUrl: 'tokenfare.server.url',
  defaultModel: 'tokenfare.model.default',
  chatMode: 'tokenfare.chat.mode',
  chatSendWith: 'tokenfare.chat.sendWith',
  includeOpenEditor: 'tokenfare.chat.includeOpenEditor',
  openChangedFiles: 'tokenfare.chat.openChangedFiles',
  instructions: 'tokenfare.instructions',
  maxChargePerMessage: 'tokenfare.maxChargePerMessage',
  budgetPerDay: 'tokenfare.budget.perDay',
  offerFreeEdits: 'tokenfare.freeEdits.offer',
  adviceEnabled: 'tokenfare.advice.enabled',
  adviceKinds: 'tokenfare.advice.kinds',
  rollbackMaxSize: 'tokenfare.rollback.maxSizeMB',
  rollbackMaxAgeDays: 'tokenfare.rollback.maxAgeDays',
  showStatusBar: 'tokenfare.statusBar.show',
} as const;

export const contextKeys = {
  hasGeneration: 'tokenfare.hasGeneration',
  canRedo: 'tokenfare.canRedo',
  hasMessages: 'tokenfare.hasMessages',
  hasBatch: 'tokenfare.hasBatch',
  hasDraft: 'tokenfare.hasDraft',
  hasServer: 'tokenfare.hasServer',
  signedIn: 'tokenfare.signedIn',
  setsOwnBudget: 'tokenfare.setsOwnBudget',
} as const;
