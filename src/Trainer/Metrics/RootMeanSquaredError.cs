namespace Toolkit.Trainer.Metrics;

/// <summary>The root of the mean of (prediction − target)² over all outputs of all samples, summed in double: an error in the target's own unit.</summary>
/// <param name="name">The name in logs.</param>
public sealed class RootMeanSquaredError(string name = "root_mean_squared_error") : MeanMetric(name)
{
    /// <inheritdoc/>
    public override bool GreaterIsBetter => false;

    /// <inheritdoc/>
    public override double Result => Math.Sqrt(base.Result);

    /// <inheritdoc/>
    public override void Update(ReadOnlySpan<float> predictions, ReadOnlySpan<float> targets, int rows, int columns, int targetColumns)
    {
        CheckBatch(predictions, targets, rows, columns, targetColumns);
        CheckSameColumns(columns, targetColumns);
        double sum = 0;
        for (int i = 0; i < predictions.Length; i++)
        {
            double error = (double)predictions[i] - targets[i];
            sum += error * error;
        }

        Add(sum, predictions.Length);
    }

    /// <inheritdoc/>
    public override Metric Fresh() => new RootMeanSquaredError(Name);
}
