package energy.audit.web.place;

import jakarta.faces.application.ViewHandler;
import jakarta.faces.application.ViewHandlerWrapper;
import jakarta.faces.context.FacesContext;
import jakarta.servlet.RequestDispatcher;

/** Forms and AJAX post to the URL that the person sees, so that the tenant is checked again on every request. */
public class PlaceUrls extends ViewHandlerWrapper {
    public PlaceUrls(ViewHandler wrapped) {
        super(wrapped);
    }

    @Override
    public String getActionURL(FacesContext context, String viewId) {
        Object seen = context.getExternalContext().getRequestMap().get(RequestDispatcher.FORWARD_REQUEST_URI);
        return seen == null ? super.getActionURL(context, viewId) : seen.toString();
    }
}
