namespace Toolkit.Numerics.Kernels;

/// <summary>A number as a type: the JIT compiles a register tile once for each size, and what a size does not use disappears.</summary>
internal interface ITileSize
{
    /// <summary>The number.</summary>
    static abstract int Value { get; }

    /// <summary>Whether the tile also writes the rows of B that it reads to <see cref="GemmTile{T}.Copy"/>.</summary>
    static virtual bool Copies => false;
}

/// <summary>1.</summary>
internal readonly struct One : ITileSize
{
    /// <inheritdoc/>
    public static int Value => 1;
}

/// <summary>2.</summary>
internal readonly struct Two : ITileSize
{
    /// <inheritdoc/>
    public static int Value => 2;
}

/// <summary>3.</summary>
internal readonly struct Three : ITileSize
{
    /// <inheritdoc/>
    public static int Value => 3;
}

/// <summary>4.</summary>
internal readonly struct Four : ITileSize
{
    /// <inheritdoc/>
    public static int Value => 4;
}

/// <summary>5.</summary>
internal readonly struct Five : ITileSize
{
    /// <inheritdoc/>
    public static int Value => 5;
}

/// <summary>6.</summary>
internal readonly struct Six : ITileSize
{
    /// <inheritdoc/>
    public static int Value => 6;
}

/// <summary>8.</summary>
internal readonly struct Eight : ITileSize
{
    /// <inheritdoc/>
    public static int Value => 8;
}

/// <summary>6, with a copy of B.</summary>
internal readonly struct SixCopying : ITileSize
{
    /// <inheritdoc/>
    public static int Value => 6;

    /// <inheritdoc/>
    public static bool Copies => true;
}
