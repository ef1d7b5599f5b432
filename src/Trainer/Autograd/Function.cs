using System.Numerics;
using Toolkit.Numerics;

namespace Toolkit.Trainer.Autograd;

/// <summary>
/// One differentiable operation: forward, backward, and how it is written as ONNX. Stateless between calls, so that one object
/// serves every step; what backward needs is in the context (inputs, output, workspace).
/// </summary>
public abstract class Function
{
    /// <summary>The operation's name in messages and profiles.</summary>
    public virtual string Name => GetType().Name.Replace("Function", "", StringComparison.Ordinal);

    /// <summary>Checks the inputs' shapes and gives the output's.</summary>
    /// <exception cref="ArgumentException">The shapes do not fit; says expected and got.</exception>
    public abstract Shape InferShape(ReadOnlySpan<Shape> inputs);

    /// <summary>Elements of workspace that forward fills for backward (a mask, indices, a softmax); 0 for none.</summary>
    public virtual int WorkspaceLength(ReadOnlySpan<Shape> inputs) => 0;

    /// <summary>Elements of scratch memory that backward uses; they hold nothing between calls. 0 for none.</summary>
    public virtual int ScratchLength(ReadOnlySpan<Shape> inputs) => 0;

    /// <summary>
    /// The multiply-adds of forward, and of each gradient in backward: what a profile compares with the machine's floating-point limit. 0 where
    /// memory, not arithmetic, sets the pace.
    /// </summary>
    public virtual long MultiplyAdds(ReadOnlySpan<Shape> inputs) => 0;

    /// <summary>Whether backward reads the values of this input.</summary>
    public virtual bool BackwardReadsInput(int input) => true;

    /// <summary>Whether backward reads the value of the output.</summary>
    public virtual bool BackwardReadsOutput => true;

    /// <summary>Whether a gradient flows to this input at all: not to class labels.</summary>
    public virtual bool IsDifferentiable(int input) => true;

    /// <summary>
    /// Whether forward in training changes the values of this input, which it gets as <see cref="FunctionContext{T}.State"/>: a parameter
    /// that is not trained, such as batch normalization's running statistics. Backward must not read it, and no gradient flows to it.
    /// </summary>
    public virtual bool UpdatesInput(int input) => false;

    /// <summary>Whether the output is the first input's elements under another shape, so that a program may give both the same memory and skip forward.</summary>
    public virtual bool IsView => false;

    /// <summary>Whether forward may write the output over this input, which has its shape: element i is written after it was read, and others do not depend on it.</summary>
    internal virtual bool CanOverwrite(int input) => false;

    /// <summary>How this input's gradient comes from the output's, given the inputs' shapes.</summary>
    internal virtual GradientFlow Flow(int input, ReadOnlySpan<Shape> inputs) => GradientFlow.Computed;

    /// <summary>Whether backward may have its scratch in the output's gradient: it reads element i before it writes it, and reads the gradient no more afterwards.</summary>
    internal virtual bool CanScratchOutputGradient => false;

    /// <summary>
    /// The function that does this one and then <paramref name="next"/>, the only reader of the output, in one pass and with the same bits; null where there is
    /// none. Its inputs are this one's.
    /// </summary>
    internal virtual Function? Fuse(Function next, ReadOnlySpan<Shape> inputs) => null;

    /// <summary>
    /// This function, its output being a relu's, with the relu's derivative left to the only reader of the output (<see cref="TakeReluDerivative"/>): the output's
    /// gradient is then that before the relu. Null where it cannot be left.
    /// </summary>
    internal virtual Function? LeaveReluDerivative() => null;

    /// <summary>This function with the derivative of the relu that made its first input in its backward: the input's gradient is 0 where the input is not above 0.
    /// Null where that is not to be had for nothing.</summary>
    internal virtual Function? TakeReluDerivative() => null;

    /// <summary>Fills the output from the inputs.</summary>
    /// <typeparam name="T"><see cref="float"/> in training, <see cref="double"/> in gradient checks.</typeparam>
    public abstract void Forward<T>(in FunctionContext<T> context)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>
    /// Fills (or, where <see cref="FunctionContext{T}.Accumulates"/> says so, adds to) the gradient of every input that
    /// <see cref="FunctionContext{T}.NeedsGradient"/> names.
    /// </summary>
    /// <typeparam name="T"><see cref="float"/> in training, <see cref="double"/> in gradient checks.</typeparam>
    public abstract void Backward<T>(in FunctionContext<T> context)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>Writes the operation, as it is in inference, as ONNX operators.</summary>
    /// <param name="sink">Where the operators go.</param>
    /// <param name="inputs">The names of the inputs' values.</param>
    /// <param name="shapes">The inputs' shapes as traced; axis 0 is the batch, whose size stays symbolic in the file.</param>
    /// <returns>The name of the output's value.</returns>
    /// <exception cref="NotSupportedException">The operation exists in training only.</exception>
    public abstract string Emit(IOperatorSink sink, ReadOnlySpan<string> inputs, ReadOnlySpan<Shape> shapes);
}
