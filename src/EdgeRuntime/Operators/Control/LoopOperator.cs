using Toolkit.EdgeRuntime.Planning;
using Toolkit.Numerics;
using Toolkit.Onnx;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>What a subgraph gives that runs as often as a number and a condition say.</summary>
internal static class LoopOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Loop op, NodeContext node) => new Kernel(node, op, node.CompileSubgraphs());

    /// <summary>The most iterations that a trip count allows.</summary>
    /// <exception cref="ArgumentException">It is no single integer.</exception>
    public static long TripsOf(Tensor? count, NodeContext node) => count is null ? long.MaxValue
        : count.Length == 1 ? Math.Max(0, IntegerInput.Read(count, 0))
        : throw node.BadValue($"expected a trip count of one element, got {count.Shape}.");

    /// <summary>The exception for a loop that does not end in time.</summary>
    public static ArgumentException TooManyTrips(NodeContext node, OnnxLimits limits) =>
        node.BadValue($"it runs more often than the limit of {limits.MaxLoopTrips} iterations; raise OnnxLimits.MaxLoopTrips for a model that you trust.");

    private sealed class Kernel(NodeContext node, Onnx.Operators.Loop op, Subprogram?[] body) : ControlKernel
    {
        private readonly Subprogram _body = body[0]!;
        private readonly int _carriedCount = op.Body.Inputs.Count - 2;
        private readonly int _resultCount = op.Body.Outputs.Count - op.Body.Inputs.Count + 1;

        public override IReadOnlyList<Subprogram?> Subprograms => body;

        public override void Run(in ValueArguments arguments)
        {
            Tensor? count = arguments.HasInput(0) ? arguments.Tensor(0) : null;
            Tensor? start = arguments.HasInput(1) ? arguments.Tensor(1) : null;
            long trips = TripsOf(count, node);
            bool condition = start is null || IfOperator.ConditionOf(start, node);
            Shape iterationShape = count?.Shape ?? [];
            var running = new OnnxTensor(start?.Shape.Rank == 1 ? Tensor.Vector(true) : Tensor.Scalar(true));
            OnnxValue[] carried = Feed([], arguments.Inputs.Slice(Math.Min(2, node.OperatorInputCount), _carriedCount));
            var results = new List<Tensor>[_resultCount];
            for (int i = 0; i < results.Length; i++)
            {
                results[i] = [];
            }

            long kept = 0;
            for (long trip = 0; trip < trips && condition; trip++)
            {
                if (trip >= Limits.MaxLoopTrips)
                {
                    throw TooManyTrips(node, Limits);
                }

                long held = kept;
                foreach (OnnxValue value in carried)
                {
                    held += value.Bytes;
                }

                OnnxValue[] outputs = _body.Run(
                    Feed([new OnnxTensor(Tensor.From<long>(iterationShape, [trip])), running, .. carried], arguments.Inputs[node.OperatorInputCount..]), arguments.Budget - held, arguments.Workers);
                condition = IfOperator.ConditionOf(((OnnxTensor)outputs[0]).Tensor, node);
                carried = outputs[1..(1 + _carriedCount)];
                for (int i = 0; i < results.Length; i++)
                {
                    Tensor result = ((OnnxTensor)outputs[1 + _carriedCount + i]).Tensor;
                    kept += outputs[1 + _carriedCount + i].Bytes;
                    results[i].Add(result);
                }
            }

            for (int i = 0; i < arguments.OutputCount; i++)
            {
                arguments.SetOutput(i, i < _carriedCount ? carried[i] : Join(results[i - _carriedCount], i, arguments.Budget - (2 * kept)));
            }
        }

        private OnnxTensor Join(List<Tensor> results, int output, long budget) =>
            new(results.Count > 0 ? TensorSlices.Stack(results, 0, budget, node) : TensorSlices.Empty(node, output));
    }
}
