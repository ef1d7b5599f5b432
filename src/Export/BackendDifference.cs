namespace Toolkit.Export;

/// <summary>One backend's distance from the reference.</summary>
/// <param name="Backend">The backend's name.</param>
/// <param name="Difference">The worst over batch sizes and outputs.</param>
/// <param name="WorstBatchSize">The batch size at which the greatest difference was seen.</param>
/// <param name="WorstOutput">The output in which it was seen.</param>
public sealed record BackendDifference(string Backend, TensorDifference Difference, int WorstBatchSize, string WorstOutput);
