/** Every refusal of the app API and the admin API. */
export interface ApiError {
  error: { code: string; message: string; requestId?: string; details?: Record<string, unknown> }
}
