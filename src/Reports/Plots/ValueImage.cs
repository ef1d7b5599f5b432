using OxyPlot;
using OxyPlot.Annotations;
using Toolkit.Numerics;
using Toolkit.Reports.Images;

namespace Toolkit.Reports.Plots;

/// <summary>A matrix as one picture inside a plot, a pixel a value.</summary>
internal static class ValueImage
{
    /// <summary>The most pixels along a side; of larger matrices, blocks are averaged.</summary>
    public const int MaxSide = 256;

    /// <summary>Averages blocks of a matrix so that no side is longer than <see cref="MaxSide"/>.</summary>
    public static Tensor<float> Shrink(Tensor<float> values)
    {
        int rows = values.Shape[0];
        int columns = values.Shape[1];
        int rowStep = (rows + MaxSide - 1) / MaxSide;
        int columnStep = (columns + MaxSide - 1) / MaxSide;
        if (rowStep == 1 && columnStep == 1)
        {
            return values;
        }

        var shrunk = new Tensor<float>([(rows + rowStep - 1) / rowStep, (columns + columnStep - 1) / columnStep]);
        ReadOnlySpan<float> source = values.Span;
        for (int row = 0; row < shrunk.Shape[0]; row++)
        {
            for (int column = 0; column < shrunk.Shape[1]; column++)
            {
                double sum = 0;
                int count = 0;
                for (int r = row * rowStep; r < Math.Min(rows, (row + 1) * rowStep); r++)
                {
                    for (int c = column * columnStep; c < Math.Min(columns, (column + 1) * columnStep); c++)
                    {
                        sum += source[(r * columns) + c];
                        count++;
                    }
                }

                shrunk.Span[(row * shrunk.Shape[1]) + column] = (float)(sum / count);
            }
        }

        return shrunk;
    }

    /// <summary>Places a picture so that it fills a rectangle of the plot.</summary>
    /// <param name="shares">Values in [0, 1], or in [-1, 1] for diverging colours; row 0 at the top.</param>
    /// <param name="isDiverging">Whether 0 is the middle.</param>
    /// <param name="x">The left and the right edge.</param>
    /// <param name="y">The lower and the upper edge.</param>
    public static ImageAnnotation Place(Tensor<float> shares, bool isDiverging, (double First, double Last) x, (double First, double Last) y)
    {
        ReadOnlySpan<float> values = shares.Span;
        byte[] pixels = new byte[4 * values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            Span<byte> pixel = pixels.AsSpan(4 * i, 4);
            if (isDiverging)
            {
                HeatColors.Diverging(values[i], pixel);
            }
            else
            {
                HeatColors.Sequential(values[i], pixel);
            }
        }

        return new ImageAnnotation
        {
            ImageSource = new OxyImage(Png.Encode(pixels, shares.Shape[1], shares.Shape[0], 4)),
            X = new PlotLength(x.First, PlotLengthUnit.Data),
            Y = new PlotLength(y.First, PlotLengthUnit.Data),
            Width = new PlotLength(x.Last - x.First, PlotLengthUnit.Data),
            Height = new PlotLength(y.Last - y.First, PlotLengthUnit.Data),
            HorizontalAlignment = HorizontalAlignment.Left,
            VerticalAlignment = VerticalAlignment.Bottom,
            Layer = AnnotationLayer.BelowSeries,
        };
    }
}
