using Toolkit.Numerics;

namespace Toolkit.Trainer.Training;

/// <summary>Turns a weight a class into a weight a sample.</summary>
internal static class ClassWeights
{
    /// <summary>The data with its sample weights multiplied by those of the samples' classes.</summary>
    /// <exception cref="ArgumentException">The targets name no classes, or a weight is negative or not a number.</exception>
    public static TrainingData Apply(TrainingData data, IReadOnlyDictionary<int, double> weights)
    {
        if (data.Targets.Count != 1)
        {
            throw new ArgumentException($"Fit: class weights need a model of one output, got targets for {data.Targets.Count}; give sample weights.", nameof(data));
        }

        foreach ((int index, double weight) in weights)
        {
            if (index < 0 || !(weight >= 0) || !double.IsFinite(weight))
            {
                throw new ArgumentException(FormattableString.Invariant($"Fit: expected class weights of 0 or more by class index, got {weight} for class {index}."), nameof(weights));
            }
        }

        Tensor<float> targets = data.Targets[0];
        int width = targets.Shape.LengthOf(1..);
        var result = new Tensor<float>([data.Count]);
        for (int sample = 0; sample < data.Count; sample++)
        {
            int index = ClassOf(targets.Span.Slice(sample * width, width), sample);
            double weight = weights.GetValueOrDefault(index, 1) * (data.SampleWeights?.Span[sample] ?? 1f);
            result.Span[sample] = (float)weight;
        }

        return data with { SampleWeights = result };
    }

    private static int ClassOf(ReadOnlySpan<float> target, int sample)
    {
        if (target.Length == 1)
        {
            return float.IsInteger(target[0]) && target[0] >= 0
                ? (int)target[0]
                : throw new ArgumentException($"Fit: class weights need class indices, one-hot rows, or 0 and 1 as targets, got {target[0]} at sample {sample}.");
        }

        int index = target.IndexOfAnyExcept(0f);
        return index >= 0 && target[index] == 1 && target[(index + 1)..].IndexOfAnyExcept(0f) < 0
            ? index
            : throw new ArgumentException($"Fit: class weights need one-hot rows as targets; sample {sample} is none.");
    }
}
