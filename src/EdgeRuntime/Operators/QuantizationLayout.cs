using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>Which scale belongs to which run of neighbouring elements.</summary>
/// <param name="Outer">The product of the axes before the scales' axis.</param>
/// <param name="Size">The elements on that axis.</param>
/// <param name="Inner">The product of the axes behind.</param>
/// <param name="Block">The elements on the axis that share a scale.</param>
/// <param name="PerElement">Whether the axes around have scales of their own, as blocks have.</param>
internal readonly record struct QuantizationLayout(int Outer, int Size, int Inner, int Block, bool PerElement)
{
    /// <summary>From the shapes of the data and of its scales.</summary>
    public static QuantizationLayout Of(Shape x, Shape scale, int axis, long blockSize)
    {
        if (scale.Length == 1 && scale.Rank <= 1)
        {
            return new QuantizationLayout(1, 1, x.Length, 1, false);
        }

        int normal = x.NormalizeAxis(axis);
        bool isBlocked = scale.Rank > 1 || blockSize > 0;
        return new QuantizationLayout(x.LengthOf(..normal), x[normal], x.LengthOf((normal + 1)..), isBlocked ? (int)Math.Min(blockSize, int.MaxValue) : 1, isBlocked);
    }

    /// <summary>How many neighbours from an element on share its scale.</summary>
    public int RunFrom(int element) => !PerElement ? Inner : Inner > 1 ? 1 : Math.Min(Block - (element % Size % Block), Size - (element % Size));

    /// <summary>The scale of an element.</summary>
    public int ScaleOf(int element)
    {
        int place = element / Inner % Size;
        return !PerElement ? place : (((element / Inner / Size * ((Size + Block - 1) / Block)) + (place / Block)) * Inner) + (element % Inner);
    }
}
