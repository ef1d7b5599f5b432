using System.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>Makes a kernel for an integer type that the model chooses; <see cref="TypeDispatch"/> calls it with that type.</summary>
internal interface IIntegerFactory
{
    /// <summary>The kernel for elements of type <typeparamref name="T"/>.</summary>
    OperatorKernel Create<T>()
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>;
}
