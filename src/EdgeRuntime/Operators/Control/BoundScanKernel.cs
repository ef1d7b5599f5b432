using Toolkit.EdgeRuntime.Planning;
using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>A scan whose values keep their shapes. They are written to two sets of tensors in turn; slices are copied to tensors of their own.</summary>
internal sealed class BoundScanKernel(
    NodeContext node, Onnx.Operators.Scan op, int stateCount, StaticPlan body, Subprogram subprogram, ShapeSolver solver, Shape[] inputs) : BoundControlKernel
{
    private readonly int[] _inputAxes =
        [.. Enumerable.Range(0, node.OperatorInputCount - stateCount).Select(i => inputs[stateCount + i].NormalizeAxis((int)(op.InputAxes?[i] ?? 0)))];

    /// <inheritdoc/>
    public override long Bytes { get; } = body.ArenaBytes + body.SubgraphBytes + (2 * BytesOf(subprogram, solver));

    protected override State CreateState() => new(
        new Tensor[inputs.Length], CreateOutputs(subprogram, solver), CreateOutputs(subprogram, solver),
        [.. _inputAxes.Select((axis, i) => Tensor.Create(node.InputType(stateCount + i), TensorSlices.Without(inputs[stateCount + i], axis)))]);

    protected override void Run(in KernelArguments arguments, State state)
    {
        Tensor[] fed = state.Inputs;
        for (int i = 0; i < fed.Length; i++)
        {
            bool isSlice = i >= stateCount && i < node.OperatorInputCount;
            fed[i] = isSlice ? state.Own[i - stateCount] : arguments.InputTensor(i);
        }

        int length = inputs[stateCount][_inputAxes[0]];
        for (int step = 0; step < length; step++)
        {
            for (int i = 0; i < _inputAxes.Length; i++)
            {
                TensorSlices.Take(arguments.InputTensor(stateCount + i), state.Own[i], _inputAxes[i], op.InputDirections?[i] == 1 ? length - 1 - step : step);
            }

            Tensor[] written = (step & 1) == 0 ? state.Outputs : state.Others;
            body.Run(fed, written, arguments.Workers);
            written.AsSpan(0, stateCount).CopyTo(fed);
            for (int i = stateCount; i < written.Length; i++)
            {
                if (arguments.HasOutput(i))
                {
                    int result = i - stateCount;
                    TensorSlices.Put(
                        written[i], arguments.OutputTensor(i), arguments.OutputShape(i).NormalizeAxis((int)(op.OutputAxes?[result] ?? 0)),
                        op.OutputDirections?[result] == 1 ? length - 1 - step : step);
                }
            }
        }

        for (int i = 0; i < stateCount; i++)
        {
            if (arguments.HasOutput(i))
            {
                fed[i].CopyTo(arguments.OutputTensor(i));
            }
        }
    }
}
