using System.Numerics;

namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>The loss of one prediction y with its target t, and its derivative by y.</summary>
internal interface IElementLoss
{
    /// <summary>l(y, t).</summary>
    T Value<T>(T y, T t)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>∂l/∂y.</summary>
    T Slope<T>(T y, T t)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}
