using Toolkit.Numerics;
using Toolkit.Trainer.Data;

namespace Toolkit.Trainer.Recipes;

/// <summary>A recipe whose network reads grey images of 28x28 pixels, [n, 1, 28, 28], and tells one of several classes.</summary>
public abstract class ImageRecipe : Recipe
{
    /// <summary>The side of the images.</summary>
    protected const int Side = 28;

    /// <summary>The number of classes.</summary>
    protected virtual int Classes => 10;

    /// <inheritdoc/>
    public override string? FallbackDataset => "synthetic-digits";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Metrics { get; } = ["accuracy"];

    /// <inheritdoc/>
    public override Dataset Prepare(Dataset part, DatasetSplits data)
    {
        ArgumentNullException.ThrowIfNull(part);
        ArgumentNullException.ThrowIfNull(data);
        Shape sample = new(part.X.Shape.Dimensions[1..]);
        return sample == [1, Side, Side] && data.Classes.Count == Classes
            ? part.OneHot(Classes)
            : throw new DatasetException($"{Name}: expected {Side}x{Side} images of {Classes} classes, got '{data.Name}' with samples {sample} of {data.Classes.Count} classes.");
    }
}
