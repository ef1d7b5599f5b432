using Toolkit.Numerics;

namespace Toolkit.Trainer.Reporting;

/// <summary>A small picture of an <see cref="ImageGrid"/>.</summary>
/// <param name="Pixels">[height, width] or [1, height, width] in grey, or [3, height, width] in red, green, blue.</param>
/// <param name="Label">What stands below it; a line end parts two lines. May be empty.</param>
public sealed record ReportImage(Tensor<float> Pixels, string Label = "")
{
    /// <summary>The largest side.</summary>
    public const int MaxSide = 1024;

    /// <summary>[channels, height, width] with 1 or 3 channels.</summary>
    /// <exception cref="ArgumentException">It is of another shape.</exception>
    public Tensor<float> Pixels { get; } = Check(Label, Pixels);

    /// <summary>What stands below it.</summary>
    public string Label { get; } = Label ?? throw new ArgumentNullException(nameof(Label));

    /// <summary>Rows of pixels.</summary>
    public int Height => Pixels.Shape[1];

    /// <summary>Pixels a row.</summary>
    public int Width => Pixels.Shape[2];

    private static Tensor<float> Check(string label, Tensor<float> pixels)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        Tensor<float> planes = pixels.Shape.Rank == 2 ? pixels.Contiguous().Reshape([1, pixels.Shape[0], pixels.Shape[1]]) : pixels;
        return planes.Shape.Rank == 3 && planes.Shape[0] is 1 or 3 && planes.Shape[1] is >= 1 and <= MaxSide && planes.Shape[2] is >= 1 and <= MaxSide
            ? planes.Contiguous()
            : throw new ArgumentException($"ReportImage '{label}': expected [height,width], [1,height,width] or [3,height,width] with sides from 1 to {MaxSide}, got {pixels.Shape}.", nameof(pixels));
    }
}
