namespace Toolkit.Numerics.Kernels;

/// <summary>What <see cref="Float32Functions"/> needs of binary32 lanes beyond arithmetic: their bits.</summary>
/// <typeparam name="TSelf">The implementing struct.</typeparam>
internal interface IFloat32Lanes<TSelf> : ILanes<TSelf, float>
    where TSelf : struct, IFloat32Lanes<TSelf>
{
    /// <summary>The magnitude of one operand with the sign bit of the other.</summary>
    static abstract TSelf CopySign(TSelf magnitude, TSelf sign);

    /// <summary>The lane's bits shifted left by 23: its low eight bits become the exponent, the rest is lost or zero.</summary>
    static abstract TSelf LowBitsAsExponent(TSelf a);

    /// <summary>a = m · 2ᵉ with m in [√½, √2), for positive, normal a. Other lanes hold no meaning, but equal bits on every set.</summary>
    static abstract TSelf SplitExponent(TSelf a, out TSelf exponent);
}
