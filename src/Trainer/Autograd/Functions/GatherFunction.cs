using Toolkit.Numerics;
using Operators = Toolkit.Onnx.Operators;
using Record = Toolkit.Onnx.Operators.Gather;

namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>
/// Rows of a table by index: table [V, D] and indices [N, …] of floating-point whole numbers, since a model's inputs are float32, give
/// [N, …, D]. A row's gradient is the sum over the places that it went to; none flows to the indices. Written as Cast and Gather.
/// </summary>
/// <param name="owner">Who looks up, for the message about an index that is not a row's: a layer's name.</param>
public sealed class GatherFunction(string? owner = null) : Function
{
    /// <inheritdoc/>
    public override bool BackwardReadsOutput => false;

    /// <inheritdoc/>
    public override bool BackwardReadsInput(int input) => input == 1;

    /// <inheritdoc/>
    public override bool IsDifferentiable(int input) => input == 0;

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs)
    {
        Require.Inputs(this, inputs, 2);
        return inputs[0].Rank == 2
            ? [.. inputs[1].Dimensions, inputs[0][1]]
            : throw new ArgumentException($"Gather: expected a table of shape [rows,columns], got {inputs[0]}.", nameof(inputs));
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">An index is not that of a row.</exception>
    public override void Forward<T>(in FunctionContext<T> context)
    {
        int rows = context.InputShape(0)[0];
        int columns = context.InputShape(0)[1];
        ReadOnlySpan<T> table = context.Input(0);
        ReadOnlySpan<T> indices = context.Input(1);
        Span<T> output = context.Output;
        for (int i = 0; i < indices.Length; i++)
        {
            int row = int.CreateTruncating(indices[i]);
            if ((uint)row >= (uint)rows)
            {
                throw new ArgumentException($"{owner ?? Name}: expected indices from 0 to {rows - 1}, the rows of the table {context.InputShape(0)}, got {indices[i]}.");
            }

            table.Slice(row * columns, columns).CopyTo(output[(i * columns)..]);
        }
    }

    /// <inheritdoc/>
    public override void Backward<T>(in FunctionContext<T> context)
    {
        int columns = context.InputShape(0)[1];
        ReadOnlySpan<T> indices = context.Input(1);
        Span<T> gradient = context.InputGradient(0);
        if (!context.Accumulates(0))
        {
            gradient.Clear();
        }

        for (int i = 0; i < indices.Length; i++)
        {
            Span<T> row = gradient.Slice(int.CreateTruncating(indices[i]) * columns, columns);
            ReadOnlySpan<T> change = context.OutputGradient.Slice(i * columns, columns);
            for (int c = 0; c < row.Length; c++)
            {
                row[c] += change[c];
            }
        }
    }

    /// <inheritdoc/>
    public override string Emit(IOperatorSink sink, ReadOnlySpan<string> inputs, ReadOnlySpan<Shape> shapes)
    {
        ArgumentNullException.ThrowIfNull(sink);
        return sink.Add(new Record(Axis: 0), inputs[0], sink.Add(new Operators.Cast(ElementType.Int64), inputs[1]));
    }
}
