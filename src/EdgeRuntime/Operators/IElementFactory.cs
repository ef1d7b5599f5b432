namespace Toolkit.EdgeRuntime.Operators;

/// <summary>Makes a kernel that moves elements without looking at them; <see cref="TypeDispatch"/> calls it with a type that stores one.</summary>
internal interface IElementFactory
{
    /// <summary>The kernel for elements that a <typeparamref name="T"/> stores.</summary>
    OperatorKernel Create<T>();
}
