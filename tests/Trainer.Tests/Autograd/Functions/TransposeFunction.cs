using Toolkit.Numerics;
using Toolkit.Trainer.Autograd;

namespace Toolkit.Trainer.Tests.Autograd.Functions;

/// <summary>Exchanges axes 0 and 1; for shapes alone.</summary>
internal sealed class TransposeFunction : Function
{
    public override Shape InferShape(ReadOnlySpan<Shape> inputs) => [inputs[0][1], inputs[0][0]];

    public override void Forward<T>(in FunctionContext<T> context) => throw new InvalidOperationException();

    public override void Backward<T>(in FunctionContext<T> context) => throw new InvalidOperationException();

    public override string Emit(IOperatorSink sink, ReadOnlySpan<string> inputs, ReadOnlySpan<Shape> shapes) => throw new InvalidOperationException();
}
