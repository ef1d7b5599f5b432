using Toolkit.EdgeRuntime.Planning;
using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>A loop whose values keep their shapes. They are written to two sets of tensors in turn.</summary>
internal sealed class BoundLoopKernel(NodeContext node, int carriedCount, StaticPlan body, Subprogram subprogram, ShapeSolver solver, Shape[] inputs) : BoundControlKernel
{
    /// <inheritdoc/>
    public override long Bytes { get; } = body.ArenaBytes + body.SubgraphBytes + (2 * BytesOf(subprogram, solver));

    protected override State CreateState()
    {
        Tensor iteration = new Tensor<long>(node.HasInput(0) ? inputs[0] : []);
        Tensor running = node.HasInput(1) && inputs[1].Rank == 1 ? Tensor.Vector(true) : Tensor.Scalar(true);
        return new State(
            new Tensor[2 + carriedCount + inputs.Length - node.OperatorInputCount], CreateOutputs(subprogram, solver), CreateOutputs(subprogram, solver), [iteration, running]);
    }

    protected override void Run(in KernelArguments arguments, State state)
    {
        long trips = LoopOperator.TripsOf(arguments.HasInput(0) ? arguments.InputTensor(0) : null, node);
        bool condition = !arguments.HasInput(1) || IfOperator.ConditionOf(arguments.InputTensor(1), node);
        Tensor[] fed = state.Inputs;
        (fed[0], fed[1]) = (state.Own[0], state.Own[1]);
        for (int i = 2; i < fed.Length; i++)
        {
            fed[i] = arguments.InputTensor(i < 2 + carriedCount ? i : i - 2 - carriedCount + node.OperatorInputCount);
        }

        long maxTrips = subprogram.Program.Limits.MaxLoopTrips;
        int trip = 0;
        for (; trip < trips && condition; trip++)
        {
            if (trip >= maxTrips)
            {
                throw LoopOperator.TooManyTrips(node, subprogram.Program.Limits);
            }

            ((Tensor<long>)fed[0]).Span[0] = trip;
            Tensor[] written = (trip & 1) == 0 ? state.Outputs : state.Others;
            body.Run(fed, written, arguments.Workers);
            condition = IfOperator.ConditionOf(written[0], node);
            written.AsSpan(1, carriedCount).CopyTo(fed.AsSpan(2));
            for (int i = 1 + carriedCount; i < written.Length; i++)
            {
                Put(arguments, i - 1, written[i], trip);
            }
        }

        for (int i = 0; i < arguments.OutputCount; i++)
        {
            if (!arguments.HasOutput(i))
            {
                continue;
            }

            if (i < carriedCount)
            {
                fed[2 + i].CopyTo(arguments.OutputTensor(i));
            }
            else if (arguments.OutputShape(i)[0] != trip)
            {
                throw node.BadValue($"expected {arguments.OutputShape(i)[0]} iterations, got {trip}.");
            }
        }
    }

    private void Put(in KernelArguments arguments, int output, Tensor result, int trip)
    {
        if (!arguments.HasOutput(output))
        {
            return;
        }

        if (trip >= arguments.OutputShape(output)[0])
        {
            throw node.BadValue($"expected {arguments.OutputShape(output)[0]} iterations, got more.");
        }

        TensorSlices.Put(result, arguments.OutputTensor(output), 0, trip);
    }
}
